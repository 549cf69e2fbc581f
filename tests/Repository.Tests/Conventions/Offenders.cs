namespace Repository.Tests.Conventions;

/// <summary>Asserts that a rule has no exception, and names every one there is.</summary>
internal static class Offenders
{
    public static void None(IEnumerable<string> found)
    {
        var all = found.ToArray();
        Assert.True(all.Length == 0, string.Join(Environment.NewLine, all));
    }
}

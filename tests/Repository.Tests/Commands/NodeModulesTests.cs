using Dev.Setup;

namespace Repository.Tests.Commands;

public sealed class NodeModulesTests : IDisposable
{
    private const string Lock =
        """{"packages":{"":{"version":"1.0.0"},"node_modules/a":{"version":"1.0.0"},"node_modules/b":{"version":"2.0.0","optional":true}}}""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("node-modules-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("""{"packages":{"node_modules/a":{"version":"1.0.0"},"node_modules/b":{"version":"2.0.0","optional":true}}}""", true)]
    [InlineData("""{"packages":{"node_modules/a":{"version":"1.0.0"}}}""", true)]
    [InlineData("""{"packages":{"node_modules/a":{"version":"1.0.1"}}}""", false)]
    [InlineData("""{"packages":{}}""", false)]
    [InlineData("{", false)]
    public void They_match_when_all_that_is_wanted_is_there(string installed, bool matches) =>
        Assert.Equal(matches, NodeModules.Matches(Write("lock.json", Lock), Write("installed.json", installed)));

    [Fact]
    public void Nothing_installed_does_not_match() =>
        Assert.False(NodeModules.Matches(Write("lock.json", Lock), Path.Combine(_folder.FullName, "absent.json")));

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}

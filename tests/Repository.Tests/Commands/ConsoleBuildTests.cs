using Dev.Setup;

namespace Repository.Tests.Commands;

public sealed class ConsoleBuildTests : IDisposable
{
    private static readonly DateTime Built = new(2030, 1, 1, 12, 0, 0, DateTimeKind.Utc);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("console-build-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public void A_build_is_current_while_it_is_newer_than_every_source(int seconds, bool isCurrent)
    {
        var output = Write("index.html", Built);
        string[] sources = [Write("a.ts", Built.AddDays(-1)), Write("b.ts", Built.AddSeconds(seconds))];

        Assert.Equal(isCurrent, ConsoleBuild.IsCurrent(output, sources));
    }

    [Fact]
    public void Without_an_output_nothing_is_current() => Assert.False(ConsoleBuild.IsCurrent(Path.Combine(_folder.FullName, "absent"), []));

    private string Write(string name, DateTime at)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, name);
        File.SetLastWriteTimeUtc(path, at);
        return path;
    }
}

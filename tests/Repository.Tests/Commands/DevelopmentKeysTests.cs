using Dev.Up;

namespace Repository.Tests.Commands;

public sealed class DevelopmentKeysTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dev-keys-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Keys_survive_a_restart()
    {
        var first = Load(TimeProvider.System);
        var second = Load(TimeProvider.System);

        Assert.Equal((first.Service, first.Operator), (second.Service, second.Operator));
        Assert.Equal(first.Settings.OrderBy(setting => setting.Key, StringComparer.Ordinal), second.Settings.OrderBy(setting => setting.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void Service_keys_that_have_ended_are_drawn_anew_and_the_ring_stays()
    {
        var first = Load(TimeProvider.System);
        var later = Load(new Later(TimeSpan.FromDays(60)));

        Assert.NotEqual(first.Service, later.Service);
        Assert.Equal(first.Settings["Keys:Ring:0:Key"], later.Settings["Keys:Ring:0:Key"]);
    }

    [Fact]
    public void Only_this_user_may_read_them()
    {
        Load(TimeProvider.System);

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
        }
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_told_with_what_to_do()
    {
        File.WriteAllText(FilePath, "{");

        var fault = Assert.Throws<InvalidOperationException>(() => Load(TimeProvider.System));
        Assert.Contains("--fresh", fault.Message, StringComparison.Ordinal);
    }

    private string FilePath => Path.Combine(_folder.FullName, "keys.json");

    private DevelopmentKeys Load(TimeProvider timeProvider) => DevelopmentKeys.LoadOrDraw(FilePath, timeProvider);

    private sealed class Later(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}

using System.Text.Json;
using Dev.Up;

namespace Repository.Tests.Commands;

public sealed class AnnouncementTests
{
    private const string Tables = "AccountName=a;AccountKey=b+c/d==;TableEndpoint=http://127.0.0.1:10002/a;";

    [Fact]
    public void Programs_get_one_line_with_what_they_need()
    {
        var settings = new HostSettings(port: 8080, Tables, "127.0.0.1:6379");

        var line = Announcement.Json(settings, settings.ConsoleUrl);

        Assert.DoesNotContain('\n', line);
        using var json = JsonDocument.Parse(line);
        Assert.Equal(
            [
                ("url", "http://127.0.0.1:8080"), ("serviceKey", settings.ServiceKey), ("operatorKey", settings.OperatorKey),
                ("consoleUrl", settings.ConsoleUrl), ("tables", Tables), ("redis", "127.0.0.1:6379"), ("processId", $"{Environment.ProcessId}"),
            ],
            json.RootElement.EnumerateObject().Select(member => (member.Name, member.Value.ToString())));
    }

    [Fact]
    public void Without_a_cache_its_address_is_null()
    {
        using var json = JsonDocument.Parse(Announcement.Json(new HostSettings(port: 8080, Tables, redis: null), consoleUrl: null));

        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("redis").ValueKind);
    }

    [Fact]
    public void People_get_a_tour_that_needs_nothing_filled_in()
    {
        var settings = new HostSettings(port: 8080, Tables, redis: null);

        var tour = Announcement.Tour(settings, settings.ConsoleUrl);

        Assert.Contains($"KEY={settings.ServiceKey}", tour, StringComparison.Ordinal);
        Assert.Contains($"export SESSIONS_URL=http://127.0.0.1:8080/api SESSIONS_KEY={settings.ServiceKey}\n", tour.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("http://127.0.0.1:8080", tour, StringComparison.Ordinal);
        Assert.Matches(@"console +http://127\.0\.0\.1:8080/console/#code=[A-Za-z0-9_-]{43}\n", tour.ReplaceLineEndings("\n"));
        Assert.DoesNotContain("{settings", tour, StringComparison.Ordinal);
        Assert.DoesNotContain('…', tour);
    }
}

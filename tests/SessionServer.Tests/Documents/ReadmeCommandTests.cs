using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using HttpTests;
using Support.Servers;

namespace SessionServer.Tests.Documents;

/// <summary>The commands and the program of the README do what it says, run as they stand there.</summary>
public sealed partial class ReadmeCommandTests(RunningHost host) : HttpSuite(host)
{
    private const string HowToInstall = "Run 'npm ci' at the root of the repository (Node 20 or later), and install bash and curl.";

    [Fact]
    public async Task The_tour_creates_validates_lists_and_signs_out()
    {
        var answers = await TourAsync(Block("sh", "curl"));

        Assert.True(answers[0].GetProperty("active").GetBoolean());
        Assert.Equal("admin", answers[0].GetProperty("session").GetProperty("claims").GetProperty("role").GetString());
        Assert.Equal("alice", answers[1].GetProperty("userId").GetString());
        Assert.Contains(answers[2].GetProperty("sessions").EnumerateArray(), session => session.GetProperty("device").GetProperty("label").GetString() == "Laptop");
        Assert.InRange(answers[3].GetProperty("ended").GetInt32(), 1, int.MaxValue);
        Assert.Equal(4, answers.Count);
    }

    [Fact]
    public async Task The_middleware_lets_a_live_session_in_and_an_ended_one_not()
    {
        var user = NewUser();
        var (_, token) = await Api.CreateAsync(user);
        await using var app = await StartAsync(Api.Url);
        using var client = new HttpClient { BaseAddress = app.Url };

        var live = await GetAsync(client, token);
        await Api.ServiceAsync("DELETE", $"/v1/sessions?userId={user}");

        Assert.Equal(HttpStatusCode.OK, live.Status);
        Assert.Equal(user, JsonDocument.Parse(live.Text).RootElement.GetProperty("userId").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(client, token)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(client, token: null)).Status);
    }

    [Fact]
    public async Task The_middleware_answers_503_when_the_API_is_away()
    {
        var nobody = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}"));
        await using var app = await StartAsync(nobody);
        using var client = new HttpClient { BaseAddress = app.Url };

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await GetAsync(client, "any")).Status);
    }

    private static async Task<(HttpStatusCode Status, string Text)> GetAsync(HttpClient client, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var answer = await client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static string Block(string language, string content) =>
        CodeBlock().Matches(File.ReadAllText(Path.Combine(Document.Root(), "README.md")))
            .Single(block => block.Groups["language"].Value == language && block.Groups["code"].Value.Contains(content, StringComparison.Ordinal))
            .Groups["code"].Value;

    // Only the line that the reader fills in differs.
    private async Task<List<JsonElement>> TourAsync(string script)
    {
        var lines = script.Split('\n');
        Assert.StartsWith("export URL=http://127.0.0.1:7071 KEY=ssk_dev_…", lines[0], StringComparison.Ordinal);
        lines[0] = $"set -eu; export URL={Api.Url.GetLeftPart(UriPartial.Authority)} KEY={Api.ServiceKey}";
        var start = new ProcessStartInfo("bash", ["-c", string.Join('\n', lines)]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var shell = Process.Start(start) ?? throw new InvalidOperationException($"bash did not start. {HowToInstall}");
        var output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();

        Assert.Equal(0, shell.ExitCode);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    private async Task<App> StartAsync(Uri api)
    {
        var port = FreePort.Next();
        var url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        var program = new ServerProgram("node", ["--input-type=module", "--eval", Block("js", "express")], HowToInstall)
        {
            WorkingDirectory = Document.Root(),
            Environment = new Dictionary<string, string>
            {
                ["URL"] = api.GetLeftPart(UriPartial.Authority),
                ["KEY"] = Api.ServiceKey,
                ["PORT"] = port.ToString(CultureInfo.InvariantCulture),
            },
        };
        return new App(await ServerProcess.StartAsync(program, token => AnswersAsync(url, token), CancellationToken.None), url);
    }

    private static async Task<bool> AnswersAsync(Uri url, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        try
        {
            using var answer = await client.GetAsync(url, cancellationToken);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^```(?<language>\w+)\n(?<code>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex CodeBlock();

    private sealed class App(ServerProcess process, Uri url) : IAsyncDisposable
    {
        public Uri Url => url;

        public ValueTask DisposeAsync() => process.DisposeAsync();
    }
}

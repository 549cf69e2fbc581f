using System.Globalization;
using Dev.Setup;
using Support.Servers;

namespace Dev.Testing;

/// <summary>Builds everything and runs every test against real servers, those of the clients in other languages too.</summary>
internal sealed class TestCommand : ICommand
{
    /// <inheritdoc/>
    public string Name => "test";

    /// <inheritdoc/>
    public string Purpose => "builds everything and runs all tests against Azurite, Redis and the API";

    /// <inheritdoc/>
    public IReadOnlyList<CommandOption> Options { get; } =
    [
        SystemPackage.YesOption,
        new("FILTER…", "python, typescript or django, or 'python.PART OF A NAME'; else a filter of 'dotnet test'; default: all"),
    ];

    /// <inheritdoc/>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        string[] filters = [.. arguments.Where(argument => argument != SystemPackage.Yes)];
        if (Array.Find(filters, filter => filter.StartsWith('-')) is { } unknown)
        {
            throw new UsageException($"Unknown argument '{unknown}' of 'test'.");
        }

        var progress = new Progress(Console.Out);
        var mayInstall = arguments.Contains(SystemPackage.Yes, StringComparer.Ordinal);
        var all = ClientSuite.All();
        var selection = TestSelection.Of(filters, [.. all.Select(suite => suite.Name)]);
        ClientSuite[] suites = [.. all.Where(suite => selection.Suites.ContainsKey(suite.Name))];
        await EnsureAsync(suites, progress, mayInstall, cancellationToken);
        ForgetReports();
        var counts = await RunSelectedAsync(selection, suites, progress, cancellationToken);
        foreach (var failed in FailedTest.ReadAll(TestProject.Reports))
        {
            progress.Line(failed.ToString());
        }

        if (counts.Total == 0)
        {
            progress.Line("No test ran. The filter must be a part of a test's full name.");
        }

        progress.Line(string.Create(CultureInfo.InvariantCulture, $"{counts.Passed} passed, {counts.Failed} failed, {counts.Skipped} skipped"));
        return counts is { Total: > 0, Failed: 0, Skipped: 0 } ? 0 : 1;
    }

    // What fails is read from all reports there are, so there must be none of another run.
    private static void ForgetReports()
    {
        if (Directory.Exists(TestProject.Reports))
        {
            Directory.Delete(TestProject.Reports, recursive: true);
        }
    }

    // Before anything is built: what is missing is told at once.
    private static async Task EnsureAsync(ClientSuite[] suites, Progress progress, bool mayInstall, CancellationToken cancellationToken)
    {
        await NodeModules.EnsureAsync(progress, cancellationToken);
        if (!await RedisProgram.EnsureAsync(progress, mayInstall, cancellationToken))
        {
            throw new InvalidOperationException($"The tests need redis-server, which is missing. {RedisProgram.HowToInstall}");
        }

        foreach (var suite in suites)
        {
            await suite.EnsureAsync(progress, mayInstall, cancellationToken);
        }
    }

    private static async Task BuildAsync(Progress progress, CancellationToken cancellationToken)
    {
        // SessionServer embeds it.
        await ConsoleBuild.EnsureAsync(progress, cancellationToken);
        using var step = progress.Begin("dotnet build");
        string[] arguments = ["build", Repository.PathOf(Repository.Solution), "--nologo", "-clp:NoSummary"];
        if (await Tool.RunAsync(Tool.Dotnet, arguments, progress.Detail, cancellationToken) != 0)
        {
            throw new InvalidOperationException("The solution does not build; the compiler's errors are above.");
        }
    }

    private static async Task<TestCounts> RunSelectedAsync(
        TestSelection selection, ClientSuite[] suites, Progress progress, CancellationToken cancellationToken)
    {
        if (selection.RunsProjects)
        {
            await BuildAsync(progress, cancellationToken);
        }

        await using var redis = await RedisServer.StartAsync(cancellationToken);
        await using var azurite = await AzuriteServer.StartAsync(cancellationToken);
        var counts = new TestCounts(Passed: 0, Failed: 0, Skipped: 0);
        var projects = selection.RunsProjects ? TestProject.All() : [];
        for (var i = 0; i < projects.Count; i++)
        {
            using var step = progress.Begin(string.Create(CultureInfo.InvariantCulture, $"{projects[i].Name} ({i + 1} of {projects.Count})"));
            counts += await projects[i].RunAsync(
                selection.ProjectFilters,
                progress,
                cancellationToken,
                (AzuriteServer.Variable, azurite.ConnectionString),
                (RedisServer.Variable, redis.Address));
        }

        return suites.Length == 0 ? counts : counts + await RunSuitesAsync(selection, suites, azurite.ConnectionString, redis.Address, progress, cancellationToken);
    }

    private static async Task<TestCounts> RunSuitesAsync(
        TestSelection selection, ClientSuite[] suites, string tables, string redis, Progress progress, CancellationToken cancellationToken)
    {
        await using var server = await ClientServer.StartAsync(tables, redis, progress, cancellationToken);
        var counts = new TestCounts(Passed: 0, Failed: 0, Skipped: 0);
        foreach (var suite in suites)
        {
            using var step = progress.Begin($"clients: {suite.Name}");
            counts += await suite.RunAsync(selection.Suites[suite.Name], server, progress, cancellationToken);
        }

        return counts;
    }
}

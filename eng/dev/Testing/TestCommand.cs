using System.Globalization;
using Dev.Setup;
using Support.Servers;

namespace Dev.Testing;

/// <summary>Builds everything and runs every test against real servers.</summary>
internal sealed class TestCommand : ICommand
{
    /// <inheritdoc/>
    public string Name => "test";

    /// <inheritdoc/>
    public string Purpose => "builds the solution and runs its tests against Azurite and Redis";

    /// <inheritdoc/>
    public IReadOnlyList<CommandOption> Options { get; } =
    [
        RedisProgram.YesOption,
        new("FILTER…", "a part of a test's full name, or an expression of 'dotnet test --filter'; default: all tests"),
    ];

    /// <inheritdoc/>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        string[] filters = [.. arguments.Where(argument => argument != RedisProgram.Yes)];
        if (Array.Find(filters, filter => filter.StartsWith('-')) is { } unknown)
        {
            throw new UsageException($"Unknown argument '{unknown}' of 'test'.");
        }

        var progress = new Progress(Console.Out);
        await NodeModules.EnsureAsync(progress, cancellationToken);
        if (!await RedisProgram.EnsureAsync(progress, arguments.Contains(RedisProgram.Yes, StringComparer.Ordinal), cancellationToken))
        {
            throw new InvalidOperationException($"The tests need redis-server, which is missing. {RedisProgram.HowToInstall}");
        }

        await BuildAsync(progress, cancellationToken);
        var counts = await RunProjectsAsync(filters, progress, cancellationToken);
        if (counts.Total == 0)
        {
            progress.Line("No test ran. The filter must be a part of a test's full name.");
        }

        progress.Line(string.Create(CultureInfo.InvariantCulture, $"{counts.Passed} passed, {counts.Failed} failed, {counts.Skipped} skipped"));
        return counts is { Total: > 0, Failed: 0, Skipped: 0 } ? 0 : 1;
    }

    private static async Task BuildAsync(Progress progress, CancellationToken cancellationToken)
    {
        using var step = progress.Begin("dotnet build");
        string[] arguments = ["build", Repository.PathOf(Repository.Solution), "--nologo", "-clp:NoSummary"];
        if (await Tool.RunAsync(Tool.Dotnet, arguments, progress.Detail, cancellationToken) != 0)
        {
            throw new InvalidOperationException("The solution does not build; the compiler's errors are above.");
        }
    }

    private static async Task<TestCounts> RunProjectsAsync(IReadOnlyList<string> filters, Progress progress, CancellationToken cancellationToken)
    {
        await using var redis = await RedisServer.StartAsync(cancellationToken);
        await using var azurite = await AzuriteServer.StartAsync(cancellationToken);
        var projects = TestProject.All();
        var counts = new TestCounts(Passed: 0, Failed: 0, Skipped: 0);
        for (var i = 0; i < projects.Count; i++)
        {
            using var step = progress.Begin(string.Create(CultureInfo.InvariantCulture, $"{projects[i].Name} ({i + 1} of {projects.Count})"));
            counts += await projects[i].RunAsync(
                filters,
                progress,
                cancellationToken,
                (AzuriteServer.Variable, azurite.ConnectionString),
                (RedisServer.Variable, redis.Address));
        }

        return counts;
    }
}

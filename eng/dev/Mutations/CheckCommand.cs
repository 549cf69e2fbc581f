using System.Globalization;
using Dev.Setup;
using Support.Servers;

namespace Dev.Mutations;

/// <summary>Runs the checker; or, with <c>--mutations</c>, shows for every known fault which test or history notices it.</summary>
internal sealed class CheckCommand : ICommand
{
    private const string Mutations = "--mutations";

    private readonly ProjectCommand _checker = new(
        "check",
        "tests/SessionChecking",
        "runs the core through random schedules with faults, and checks every history",
        new("--histories N", "number of schedules"),
        new("--seed S", "repeats the schedules of a run"),
        new("--fault NAME", "plants a fault that the checker must find"),
        new("--passports N", "runs N schedules of passports and the back ends that check them instead"),
        new("--events N", "runs N schedules of events, their delivery and their log instead"),
        new("--jobs N", "ends some of N sessions on Azurite by a job whose process is killed ten times, instead"),
        new("--redis", "runs the Lua scripts of the cache on a real Redis"),
        new($"{Mutations} [FILTER…]", "applies known faults to a copy of the code instead, and reports which tests catch them"));

    /// <inheritdoc/>
    public string Name => _checker.Name;

    /// <inheritdoc/>
    public string Purpose => _checker.Purpose;

    /// <inheritdoc/>
    public IReadOnlyList<CommandOption> Options => _checker.Options;

    /// <inheritdoc/>
    public Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) => arguments is [Mutations, ..]
        ? RunMutationsAsync([.. arguments.Skip(1).Where(argument => argument != SystemPackage.Yes)], arguments.Contains(SystemPackage.Yes, StringComparer.Ordinal), cancellationToken)
        : _checker.RunAsync(arguments, cancellationToken);

    private static async Task<int> RunMutationsAsync(string[] filters, bool mayInstall, CancellationToken cancellationToken)
    {
        var mutations = MutationList.Read(Repository.Root).Matching(filters);
        if (mutations.Count == 0)
        {
            throw new UsageException($"No mutation of {MutationList.File} has '{string.Join("' or '", filters)}' in its id or layer.");
        }

        var progress = new Progress(Console.Out);
        await NodeModules.EnsureAsync(progress, cancellationToken);
        if (!await RedisProgram.EnsureAsync(progress, mayInstall, cancellationToken))
        {
            throw new InvalidOperationException($"The tests need redis-server, which is missing. {RedisProgram.HowToInstall}");
        }

        await using var redis = await RedisServer.StartAsync(cancellationToken);
        await using var azurite = await AzuriteServer.StartAsync(cancellationToken);
        var tree = new MutantTree();
        var tests = new MutantTests(tree, [(AzuriteServer.Variable, azurite.ConnectionString), (RedisServer.Variable, redis.Address)]);
        var verdicts = await new MutationRun(tree, tests, progress).RunAsync(mutations, cancellationToken);
        progress.Line(string.Empty);
        foreach (var verdict in verdicts)
        {
            progress.Line(verdict.Row());
        }

        var caught = verdicts.Count(verdict => verdict.CaughtBy.Count > 0);
        progress.Line(string.Create(CultureInfo.InvariantCulture, $"{caught} of {verdicts.Count} caught, {verdicts.Count(verdict => !verdict.IsAsListed)} not as listed"));
        return verdicts.All(verdict => verdict.IsAsListed) ? 0 : 1;
    }
}

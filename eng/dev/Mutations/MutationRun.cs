using System.Globalization;
using Dev.Setup;

namespace Dev.Mutations;

/// <summary>Applies each fault of a list to a copy of the repository, one at a time, and reports the tests that caught it.</summary>
internal sealed class MutationRun(MutantTree tree, MutantTests tests, Progress progress)
{
    private const string CheckerName = "the checker";

    /// <summary>Tries the faults.</summary>
    /// <exception cref="InvalidOperationException">The tests do not pass without any fault, so they would show nothing.</exception>
    public async Task<IReadOnlyList<MutationVerdict>> RunAsync(IReadOnlyList<Mutation> mutations, CancellationToken cancellationToken)
    {
        await PrepareAsync(mutations, cancellationToken);
        var verdicts = new List<MutationVerdict>();
        foreach (var mutation in mutations)
        {
            using var step = progress.Begin(string.Create(CultureInfo.InvariantCulture, $"{verdicts.Count + 1} of {mutations.Count}: {mutation.Id}"));
            using var fault = tree.Put(mutation);
            var verdict = await TryAsync(mutation, cancellationToken);
            progress.Line(verdict.Row());
            verdicts.Add(verdict);
        }

        return verdicts;
    }

    // A test that fails without a fault notices none.
    private async Task PrepareAsync(IReadOnlyList<Mutation> mutations, CancellationToken cancellationToken)
    {
        using (progress.Begin("copy the repository"))
        {
            await tree.RefreshAsync(cancellationToken);
        }

        foreach (var project in ProjectsOf(mutations))
        {
            using var step = progress.Begin($"{project} without a fault");
            if (!await tests.BuildAsync(project, progress.Detail, cancellationToken))
            {
                throw new InvalidOperationException($"{project} does not build; the compiler's errors are above.");
            }

            await PassAsync(project, [.. mutations.SelectMany(mutation => mutation.TestsIn(project)).Distinct(StringComparer.Ordinal)], cancellationToken);
        }
    }

    private async Task PassAsync(string project, string[] names, CancellationToken cancellationToken)
    {
        if (names.Length == 0)
        {
            return;
        }

        var report = await tests.RunAsync(project, names, cancellationToken);
        var failing = report is null ? names : [.. MutantTests.Failed(report), .. names.Except(MutantTests.Ran(report), StringComparer.Ordinal)];
        if (failing.Length > 0)
        {
            throw new InvalidOperationException($"Tests of {project} fail without any fault, or do not exist: {string.Join(", ", failing)}.");
        }
    }

    private static IEnumerable<string> ProjectsOf(IReadOnlyList<Mutation> mutations) =>
        mutations.SelectMany(ProjectsOf).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> ProjectsOf(Mutation mutation) =>
        mutation.Histories > 0 ? mutation.Projects().Append(MutantTests.Checker) : mutation.Projects();

    private async Task<MutationVerdict> TryAsync(Mutation mutation, CancellationToken cancellationToken)
    {
        if (!await tests.BuildAloneAsync(mutation.Product, progress.Detail, cancellationToken))
        {
            return new MutationVerdict(mutation, [], ["the build: it does not compile"]);
        }

        using var spread = tree.Spread(mutation.Product);
        var caught = new List<string>();
        var missed = new List<string>();
        foreach (var project in ProjectsOf(mutation))
        {
            if (project == MutantTests.Checker)
            {
                var holds = await tests.HoldsInHistoriesAsync(mutation.Histories, cancellationToken);
                (holds ? missed : caught).Add(CheckerName);
                continue;
            }

            var report = await tests.RunAsync(project, mutation.TestsIn(project), cancellationToken);

            // A test that broke off, or hung until the run was ended, has not passed.
            var passed = report is null ? [] : MutantTests.Ran(report).Except(MutantTests.Failed(report), StringComparer.Ordinal).ToArray();
            foreach (var test in mutation.TestsIn(project))
            {
                (passed.Contains(test, StringComparer.Ordinal) ? missed : caught).Add(test);
            }
        }

        return new MutationVerdict(mutation, caught, missed);
    }
}

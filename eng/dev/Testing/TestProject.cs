using System.Globalization;
using Dev.Setup;

namespace Dev.Testing;

/// <summary>A project of tests.</summary>
/// <param name="path">Its project file.</param>
internal sealed class TestProject(string path)
{
    private static readonly TimeSpan Pulse = TimeSpan.FromSeconds(10);

    /// <summary>Gets the folder that the reports of all tests are written to.</summary>
    public static string Reports => Repository.PathOf("artifacts", "tests");

    public string Name => Path.GetFileNameWithoutExtension(path);

    /// <summary>Gives all there are, in the order of their names.</summary>
    public static IReadOnlyList<TestProject> All() =>
    [
        .. Directory.EnumerateFiles(Repository.PathOf("tests"), "*.Tests.csproj", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(path => new TestProject(path)),
    ];

    /// <summary>Makes the expression that <c>dotnet test</c> selects tests by: any of the filters.</summary>
    /// <returns>Null for all tests.</returns>
    public static string? Expression(IReadOnlyList<string> filters) => filters.Count == 0
        ? null
        : string.Join('|', filters.Select(filter => filter.AsSpan().ContainsAny("=~&|(") ? filter : $"FullyQualifiedName~{filter}"));

    /// <summary>Runs its tests; it must have been built.</summary>
    /// <param name="filters">Parts of full names, or expressions of <c>dotnet test --filter</c>; none for all tests.</param>
    /// <param name="progress">Gets failures as they happen, and every few seconds how far the run is.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <param name="environment">Variables that name the servers.</param>
    public async Task<TestCounts> RunAsync(
        IReadOnlyList<string> filters,
        Progress progress,
        CancellationToken cancellationToken,
        params IReadOnlyList<(string Name, string Value)> environment)
    {
        var report = Path.Combine(Reports, Name + ".trx");
        Directory.CreateDirectory(Reports);
        File.Delete(report);
        List<string> arguments =
        [
            "test", path, "--no-build", "--nologo", "--logger", "console;verbosity=normal",
            "--logger", $"trx;LogFileName={Path.GetFileName(report)}", "--results-directory", Reports,
        ];
        if (Expression(filters) is { } expression)
        {
            arguments.AddRange(["--filter", expression]);
        }

        var passed = 0;
        var told = TimeProvider.System.GetTimestamp();
        var exitCode = await Tool.RunAsync(Tool.Dotnet, arguments, Show, cancellationToken, environment);
        var counts = TestCounts.Read(report, exitCode ?? 1);
        if (exitCode != 0 && !File.Exists(report))
        {
            progress.Line($"  {Name}: the run broke off and left no report; it counts as one failure.");
        }

        return counts;

        void Show(string line)
        {
            if (!line.StartsWith("  Passed ", StringComparison.Ordinal))
            {
                progress.Detail(line);
                return;
            }

            passed++;
            if (TimeProvider.System.GetElapsedTime(told) > Pulse)
            {
                told = TimeProvider.System.GetTimestamp();
                progress.Detail(string.Create(CultureInfo.InvariantCulture, $"{Name}: {passed} passed so far"));
            }
        }
    }
}

using System.Globalization;
using Dev.Setup;

namespace Dev.Testing;

/// <summary>Sends as many hostile inputs as wished, in process; needs no server.</summary>
internal sealed class FuzzCommand : ICommand
{
    private const string Project = "tests/SessionApi.Tests";
    private const string DefaultInputs = "1000000";

    /// <inheritdoc/>
    public string Name => "fuzz";

    /// <inheritdoc/>
    public string Purpose => "sends hostile inputs to every operation, and checks every answer against the contract";

    /// <inheritdoc/>
    public IReadOnlyList<CommandOption> Options { get; } =
    [
        new("--inputs N", "number of inputs; default 1000000"),
        new("--seed S", "repeats the inputs of a run"),
    ];

    /// <inheritdoc/>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var (inputs, seed) = Read(arguments);
        var progress = new Progress(Console.Out);
        using (progress.Begin($"dotnet build {Project}"))
        {
            string[] build = ["build", Repository.PathOf(Project), "--nologo", "-v", "minimal", "-clp:NoSummary"];
            if (await Tool.RunAsync(Tool.Dotnet, build, progress.Detail, cancellationToken) != 0)
            {
                throw new InvalidOperationException($"{Project} does not build; the compiler's errors are above.");
            }
        }

        using var step = progress.Begin($"{inputs} inputs");
        var tests = TestProject.All().Single(project => project.Name == "SessionApi.Tests");
        List<(string, string)> environment = [("HOSTILE_INPUTS", inputs)];
        if (seed is not null)
        {
            environment.Add(("HOSTILE_SEED", seed));
        }

        var counts = await tests.RunAsync(["HostileInputTests"], progress, cancellationToken, [.. environment]);
        progress.Line(string.Create(CultureInfo.InvariantCulture, $"{inputs} inputs: {counts.Passed} operations hold, {counts.Failed} do not"));
        return counts is { Total: > 0, Failed: 0 } ? 0 : 1;
    }

    /// <summary>Reads the arguments.</summary>
    public static (string Inputs, string? Seed) Read(IReadOnlyList<string> arguments)
    {
        var inputs = DefaultInputs;
        string? seed = null;
        for (var i = 0; i < arguments.Count; i += 2)
        {
            if (i + 1 == arguments.Count || !int.TryParse(arguments[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                throw new UsageException($"Argument '{arguments[i]}' of 'fuzz' needs a whole number.");
            }

            switch (arguments[i])
            {
                case "--inputs":
                    inputs = arguments[i + 1];
                    break;
                case "--seed":
                    seed = arguments[i + 1];
                    break;
                default:
                    throw new UsageException($"Unknown argument '{arguments[i]}' of 'fuzz'.");
            }
        }

        return (inputs, seed);
    }
}

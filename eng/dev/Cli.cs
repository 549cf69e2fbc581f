namespace Dev;

/// <summary>Entry point of <c>dotnet dev.cs</c>.</summary>
public static class Cli
{
    private const int Failed = 1;
    private const int NotUnderstood = 2;
    private const string Help = "help";

    /// <summary>Gets every command. A new one is a line here: a project of its own, or a class beside these.</summary>
    internal static IReadOnlyList<ICommand> Commands { get; } =
    [
        new Up.UpCommand(),
        new Testing.TestCommand(),
        new Testing.FuzzCommand(),
        new Testing.DocsCommand(),
        new Packing.PackCommand(),
        new Mutations.CheckCommand(),
        new ProjectCommand(
            "chaos",
            "tests/SessionChaos",
            "kills, stops and cuts off real processes under load, and checks every guarantee",
            new("--minutes N", "duration of the faults in minutes; default 3"),
            new("--seed S", "repeats the order of faults"),
            new("--only TEXT", "runs only scenarios whose name contains TEXT")),
        new ProjectCommand(
            "bench",
            "bench/Runner",
            "measures the API against its limits and its peers",
            new("--quick", "short rounds: shows that everything runs; the figures are coarse"),
            new("--no-peers", "without other products"),
            new("--only TEXT", "runs only contests and probes whose name contains TEXT; may be repeated")),
    ];

    /// <summary>Runs a command.</summary>
    /// <returns>The exit code: 0 done, 1 failed, 2 not understood.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        if (HelpFor(arguments) is { } help)
        {
            await Console.Out.WriteLineAsync(help);
            return 0;
        }

        if (arguments.Count == 0 || Find(arguments[0]) is not { } command)
        {
            var unknown = arguments.Count == 0 ? string.Empty : $"Unknown command '{arguments[0]}'.{Environment.NewLine}";
            await Console.Error.WriteLineAsync(unknown + Usage.Of(Commands));
            return NotUnderstood;
        }

        using var stop = new StopSignal();
        try
        {
            Environment.CurrentDirectory = Repository.Root;
            return await command.RunAsync([.. arguments.Skip(1)], stop.Token);
        }
        catch (UsageException e)
        {
            await Console.Error.WriteLineAsync($"{e.Message}{Environment.NewLine}{Usage.Of(command)}");
            return NotUnderstood;
        }
        catch (InvalidOperationException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return Failed;
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            return Failed;
        }
    }

    /// <summary>Returns the requested usage text.</summary>
    /// <returns>Null when none is requested.</returns>
    internal static string? HelpFor(IReadOnlyList<string> arguments) => arguments.ToArray() switch
    {
        [var first] when AsksForHelp(first) => Usage.Of(Commands),
        [var first, var name, ..] when AsksForHelp(first) => Find(name) is { } command ? Usage.Of(command) : Usage.Of(Commands),
        [var name, Help] when Find(name) is { } command => Usage.Of(command),
        [var name, .. var rest] when Find(name) is { } command && rest.Any(IsHelpOption) => Usage.Of(command),
        _ => null,
    };

    private static bool AsksForHelp(string argument) => argument == Help || IsHelpOption(argument);

    private static bool IsHelpOption(string argument) => argument is "--help" or "-h" or "-?";

    private static ICommand? Find(string name) => Commands.FirstOrDefault(command => command.Name == name);
}

namespace Dev;

/// <summary>The entrance of <c>dotnet dev.cs</c>.</summary>
public static class Cli
{
    private const int Failed = 1;
    private const int NotUnderstood = 2;

    /// <summary>Every command. A new one is a line here: a project of its own, or a class beside these.</summary>
    private static readonly ICommand[] Commands =
    [
        new Up.UpCommand(),
        new Testing.TestCommand(),
        new Testing.FuzzCommand(),
        new Testing.DocsCommand(),
        new ProjectCommand("check", "[--histories N] [--seed S] [--fault NAME]", "runs the core through random schedules with faults, and checks every history", "tests/SessionChecking"),
        new ProjectCommand("chaos", "[--minutes N] [--seed S] [--only TEXT]", "kills, stops and cuts off real processes under load, and checks every promise", "tests/SessionChaos"),
        new ProjectCommand("bench", "[--quick] [--no-peers] [--only TEXT]", "measures the API against its limits and its peers", "bench/Runner"),
    ];

    /// <summary>Runs a command.</summary>
    /// <returns>The exit code: 0 done, 1 failed, 2 not understood.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var command = Array.Find(Commands, candidate => arguments.Count > 0 && candidate.Name == arguments[0]);
        if (command is null)
        {
            await Console.Error.WriteLineAsync(Usage());
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
            await Console.Error.WriteLineAsync($"{e.Message}{Environment.NewLine}{Usage()}");
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

    private static string Usage()
    {
        var lines = Commands.Select(command => $"  dotnet dev.cs {command.Name} {command.Arguments}{Environment.NewLine}      {command.Purpose}");
        return string.Join(Environment.NewLine, ["Commands:", .. lines]);
    }
}

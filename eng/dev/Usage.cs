namespace Dev;

/// <summary>The usage texts.</summary>
internal static class Usage
{
    private const int MostColumns = 110;

    // The SDK answers '--help' and '-h' itself, with the help of 'dotnet run', unless '--' stands before them.
    private const string More = "dotnet dev.cs help COMMAND";

    /// <summary>Gives the text of all commands.</summary>
    public static string Of(IEnumerable<ICommand> commands)
    {
        var lines = commands.SelectMany(command => (string[])[$"  {Synopsis(command)}", $"      {command.Purpose}"]);
        return string.Join(Environment.NewLine, ["Commands:", .. lines, $"  {More}", "      explains the arguments of a command"]);
    }

    /// <summary>Gives the text of one command with its arguments.</summary>
    public static string Of(ICommand command)
    {
        var width = command.Options.Select(option => option.Form.Length).DefaultIfEmpty().Max();
        var lines = command.Options.Select(option => $"  {option.Form.PadRight(width)}  {option.Meaning}");
        return string.Join(Environment.NewLine, [$"Usage: {Synopsis(command)}", $"  {command.Purpose}", .. lines]);
    }

    // Many options are listed below it only.
    private static string Synopsis(ICommand command)
    {
        var whole = string.Join(' ', ["dotnet", "dev.cs", command.Name, .. command.Options.Select(option => $"[{option.Form}]")]);
        return whole.Length <= MostColumns ? whole : $"dotnet dev.cs {command.Name} [OPTION…]";
    }
}

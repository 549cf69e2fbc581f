namespace Dev;

/// <summary>Command of <c>dotnet dev.cs</c>.</summary>
internal interface ICommand
{
    /// <summary>Gets the name.</summary>
    string Name { get; }

    /// <summary>Gets the purpose in one line.</summary>
    string Purpose { get; }

    /// <summary>Gets the arguments, all optional.</summary>
    IReadOnlyList<CommandOption> Options { get; }

    /// <summary>Runs it, in the repository's root.</summary>
    /// <param name="arguments">The arguments after the name.</param>
    /// <param name="cancellationToken">Cancelled when the user or the system stops the command.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="UsageException">The arguments are invalid.</exception>
    /// <exception cref="InvalidOperationException">A prerequisite is missing; the message has the remedy.</exception>
    Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken);
}

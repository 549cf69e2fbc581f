namespace Dev;

/// <summary>One of the things that <c>dotnet dev.cs</c> does.</summary>
internal interface ICommand
{
    /// <summary>Gets the word that names it.</summary>
    string Name { get; }

    /// <summary>Gets what it is for, in a line.</summary>
    string Purpose { get; }

    /// <summary>Gets the arguments that it takes; each is optional.</summary>
    IReadOnlyList<CommandOption> Options { get; }

    /// <summary>Runs it, in the repository's root.</summary>
    /// <param name="arguments">What follows the name.</param>
    /// <param name="cancellationToken">The user or the system asks to stop.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="UsageException">The arguments are not understood.</exception>
    /// <exception cref="InvalidOperationException">Something is missing; the message says what to do.</exception>
    Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken);
}

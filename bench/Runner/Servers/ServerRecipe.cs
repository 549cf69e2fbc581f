namespace Bench.Runner.Servers;

/// <summary>How a server is started.</summary>
internal sealed record ServerRecipe
{
    /// <summary>Gets the name in the tables.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the program, found on the PATH.</summary>
    public required string Program { get; init; }

    /// <summary>Gets the arguments, given the port to listen on.</summary>
    public required Func<int, IReadOnlyList<string>> Arguments { get; init; }

    /// <summary>Gets the variables, given the port to listen on.</summary>
    public required Func<int, IReadOnlyDictionary<string, string>> Environment { get; init; }

    /// <summary>Gets the path that answers 200 when the server is ready.</summary>
    public string ReadyPath { get; init; } = "/health";

    /// <summary>Gets the gauge to load into a .NET server; null for any other.</summary>
    public string? GaugeAssembly { get; init; }

    /// <summary>Gets what to tell when it does not start.</summary>
    public string HowToInstall { get; init; } = "Run 'dotnet dev.cs bench', which builds and installs everything.";
}

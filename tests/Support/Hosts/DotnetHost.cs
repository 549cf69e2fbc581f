namespace Support.Hosts;

/// <summary>The program that runs built assemblies.</summary>
public static class DotnetHost
{
    /// <summary>Gets its name: the one that runs the tests, or the one on the path.</summary>
    public static string Program { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
}

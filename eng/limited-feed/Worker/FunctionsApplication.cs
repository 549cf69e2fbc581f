namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Where a functions app begins.</summary>
public static class FunctionsApplication
{
    /// <summary>Makes the builder.</summary>
    /// <param name="args">What the host gave on the command line.</param>
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => throw new NotSupportedException(string.Join(' ', args));
}

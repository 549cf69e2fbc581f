using System.Globalization;
using Support.Servers;

namespace Support.Hosts;

/// <summary>How the hosts of the API are started.</summary>
internal static class HostProgram
{
    private const string HowToBuild = "Build the solution first: 'dotnet build'.";

    /// <summary>The program of a host.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="url">Where it is to listen.</param>
    /// <param name="settings">Its configuration.</param>
    public static ServerProgram Of(HostKind kind, Uri url, IReadOnlyDictionary<string, string> settings) => kind switch
    {
        HostKind.Kestrel => new ServerProgram("dotnet", [BuiltAssembly.Find("src", "SessionServer")], HowToBuild)
        {
            Environment = HostConfiguration.ToEnvironment(settings, url),
        },
        _ => new ServerProgram("dotnet", FunctionsArguments(url), HowToBuild) { Environment = FunctionsEnvironment(settings, url) },
    };

    private static string[] FunctionsArguments(Uri url) =>
    [
        BuiltAssembly.Find("tests", "FunctionsHost"),
        "--app", Path.GetDirectoryName(BuiltAssembly.Find("src", "SessionFunctions"))!, // below the checkout
        "--port", url.Port.ToString(CultureInfo.InvariantCulture),
    ];

    private static Dictionary<string, string> FunctionsEnvironment(IReadOnlyDictionary<string, string> settings, Uri url)
    {
        var variables = new Dictionary<string, string>(HostConfiguration.ToEnvironment(settings, url), StringComparer.Ordinal);

        // The worker reports its address to its host.
        variables.Remove("ASPNETCORE_URLS");
        variables["AZURE_FUNCTIONS_ENVIRONMENT"] = settings["DOTNET_ENVIRONMENT"];
        return variables;
    }
}

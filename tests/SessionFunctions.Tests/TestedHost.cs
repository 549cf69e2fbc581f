using Support.Hosts;

namespace SessionFunctions.Tests;

/// <summary>The host that the HTTP suite runs against here.</summary>
internal static class TestedHost
{
    /// <summary>Gets which.</summary>
    public static HostKind Kind => HostKind.Functions;
}

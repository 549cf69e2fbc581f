namespace Support.Hosts;

/// <summary>The hosts of the API.</summary>
public enum HostKind
{
    /// <summary>SessionServer.</summary>
    Kestrel,

    /// <summary>The function app as it was built, run by the Functions host for tests.</summary>
    Functions,
}

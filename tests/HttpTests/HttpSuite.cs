using Support.Http;

namespace HttpTests;

/// <summary>A test that knows the API by its address only, so that it can be run against any host.</summary>
[Collection(nameof(RunningHost))]
public abstract class HttpSuite(RunningHost host)
{
    /// <summary>Gets a client of the running host.</summary>
    protected ApiClient Api { get; } = host.Client;

    /// <summary>A user that no other test has.</summary>
    protected static string NewUser(string name = "user") => $"{name}-{Guid.CreateVersion7():N}";
}

using System.Net;
using System.Text.Json;
using SessionCore.Sessions;

namespace SessionCore.Incidents;

/// <summary>Filter of a job. Every condition that is given must hold; one at least is.</summary>
public sealed record SessionFilter
{
    /// <summary>The most users of a filter.</summary>
    public const int MaxUsers = 10_000;

    /// <summary>The most address ranges of a filter.</summary>
    public const int MaxAddresses = 100;

    /// <summary>Gets the users, by their partitions (<see cref="SessionLocator.PartitionOf"/>), ascending and different; null for all.</summary>
    public IReadOnlyList<UInt128>? Users { get; init; }

    /// <summary>Gets the instant from which sessions were created; null for no bound.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>Gets the instant before which sessions were created; null for no bound.</summary>
    public DateTimeOffset? CreatedBefore { get; init; }

    /// <summary>Gets the instant from which activity was last written; null for no bound.</summary>
    public DateTimeOffset? LastSeenFrom { get; init; }

    /// <summary>Gets the instant before which activity was last written; null for no bound.</summary>
    public DateTimeOffset? LastSeenBefore { get; init; }

    /// <summary>Gets the ranges of which one has the address at sign-in or the last one; null for any address.</summary>
    public IReadOnlyList<IPNetwork>? Addresses { get; init; }

    /// <summary>Gets a part of the user agent, without regard to case; null for any.</summary>
    public string? UserAgentContains { get; init; }

    /// <summary>Gets the level that the session does not reach; null for any.</summary>
    public AssuranceLevel? AssuranceBelow { get; init; }

    /// <summary>Gets the authentication method that the session does not name; null for any.</summary>
    public string? MethodMissing { get; init; }

    /// <summary>Gets the client that created the session; null for any.</summary>
    public string? Client { get; init; }

    /// <summary>Gets a value indicating whether it has no condition.</summary>
    public bool IsEmpty => Users is null && MatchesAllUsers;

    /// <summary>Gets a value indicating whether a condition is on content, which is sealed in the row.</summary>
    internal bool NeedsContent => Addresses is not null || UserAgentContains is not null || MethodMissing is not null;

    private bool MatchesAllUsers => this is
    {
        CreatedFrom: null, CreatedBefore: null, LastSeenFrom: null, LastSeenBefore: null,
        Addresses: null, UserAgentContains: null, AssuranceBelow: null, MethodMissing: null, Client: null,
    };

    /// <summary>Whether a session fits, as far as its row tells without its content.</summary>
    internal bool FitsOutline(Session session) =>
        (Users is null || Contains(Users, session.Locator.Partition))
        && !(session.CreatedAt < CreatedFrom)
        && !(session.CreatedAt >= CreatedBefore)
        && !(session.LastSeenAt < LastSeenFrom)
        && !(session.LastSeenAt >= LastSeenBefore)
        && !(session.AssuranceLevel >= AssuranceBelow)
        && (Client is null || session.Client == Client);

    /// <summary>Whether the content of a session fits.</summary>
    internal bool FitsContent(SessionBody body)
    {
        if (MethodMissing is not null && Names(body.Methods, MethodMissing))
        {
            return false;
        }

        if (Addresses is null && UserAgentContains is null)
        {
            return true;
        }

        using var device = JsonDocument.Parse(body.Device);
        return (UserAgentContains is null || Text(device, "userAgent")?.Contains(UserAgentContains, StringComparison.OrdinalIgnoreCase) == true)
            && (Addresses is null || IsWithin(Text(device, "ipAddress")) || IsWithin(Text(device, "lastIpAddress")));
    }

    private static bool Contains(IReadOnlyList<UInt128> sorted, UInt128 value)
    {
        var (low, high) = (0, sorted.Count - 1);
        while (low <= high)
        {
            var middle = low + ((high - low) / 2);
            if (sorted[middle] == value)
            {
                return true;
            }

            (low, high) = sorted[middle] < value ? (middle + 1, high) : (low, middle - 1);
        }

        return false;
    }

    private static bool Names(ReadOnlyMemory<byte> methods, string name)
    {
        if (methods.IsEmpty)
        {
            return false;
        }

        using var names = JsonDocument.Parse(methods);
        return names.RootElement.EnumerateArray().Any(method => method.ValueEquals(name));
    }

    private static string? Text(JsonDocument device, string member) =>
        device.RootElement.ValueKind is JsonValueKind.Object && device.RootElement.TryGetProperty(member, out var value) ? value.GetString() : null;

    private bool IsWithin(string? text)
    {
        if (!IPAddress.TryParse(text, out var address))
        {
            return false;
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Addresses!.Any(network => network.Contains(plain)); // called where there are some
    }
}

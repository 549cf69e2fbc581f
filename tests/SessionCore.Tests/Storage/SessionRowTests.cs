using SessionCore.Protection;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Tests.Storage;

/// <summary>What a change writes: all that is different, and hardly more.</summary>
public sealed class SessionRowTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Session Before = new()
    {
        Locator = new SessionLocator(SessionLocator.PartitionOf("alice"), SessionLocator.NewId()),
        UserId = "alice",
        Client = "web",
        Key = Digest.Of([8]),
        CreatedAt = Start,
        AuthenticatedAt = Start.AddSeconds(1),
        LastSeenAt = Start.AddSeconds(2),
        IdleTimeout = TimeSpan.FromHours(1),
        IdleExpiresAt = Start.AddHours(1),
        AbsoluteExpiresAt = Start.AddDays(1),
        AssuranceLevel = AssuranceLevel.Aal1,
        Version = 7,
        DataVersion = 3,
        Operation = "first",
        Secret = new SessionSecret(Digest.Of([1]), Old(2), Start, [3]),
        SealedBody = [4],
        BodyStamp = [4],
    };

    // Every write sets version and operation and encrypts the body again; the data's version has a default when read, so it is always
    // written.
    private static readonly string[] Always = ["version", "op", "dataVersion", "body", "stamp", "tag"];

    private static readonly RowTags Tags = TagsOf.Ring(KeyRing.Random());

    public static TheoryData<string, string[]> Changes => new()
    {
        { "data", [] },
        { "sign-in", ["auth"] },
        { "activity", ["seen", "idleEnd"] },
        { "policy", ["idle", "absEnd", "aal"] },
        { "persistent", ["persistent"] },
        { "rotation", ["secret", "previous", "rotated", "derived"] },
        { "rotation to a random secret", ["secret", "previous", "rotated", "derived"] },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_change_writes_what_differs_and_reads_as_the_new_state(string change, string[] different)
    {
        var after = After(change);

        var write = SessionRow.ToChange(Before, after, Tags);

        Assert.Equal([.. Always.Concat(different).Order()], write.Properties.Select(property => property.Key).Order());
        Assert.Equal(Written(after), Written(SessionRow.Read(Merge(SessionRow.ToRow(Before, Tags), Earlier(), write))!));
    }

    private static Session After(string change)
    {
        var next = Before with { Version = 8, DataVersion = 8, Operation = "second", SealedBody = [5], BodyStamp = [5] };
        return change switch
        {
            "data" => next,
            "sign-in" => next with { AuthenticatedAt = Start.AddMinutes(1) },
            "activity" => next with { LastSeenAt = Start.AddMinutes(1), IdleExpiresAt = Start.AddMinutes(61) },
            "policy" => next with { IdleTimeout = TimeSpan.FromHours(2), AbsoluteExpiresAt = Start.AddHours(2), AssuranceLevel = AssuranceLevel.Aal2 },
            "persistent" => next with { IsPersistent = true },
            "rotation" => next with { Secret = new SessionSecret(Digest.Of([6]), Old(1), Start.AddMinutes(1), [7]) },
            _ => next with { Secret = new SessionSecret(Digest.Of([6])) },
        };
    }

    // What earlier rotations have left in the row; an insert has none of it.
    private static TableRow Earlier() => SessionRow.ToChange(Before with { Secret = new SessionSecret(Digest.Of([1]), Derivation: [3]) }, Before, Tags);

    private static TableRow Merge(params ReadOnlySpan<TableRow> rows)
    {
        var properties = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var property in rows.ToArray().SelectMany(row => row.Properties))
        {
            properties[property.Key] = property.Value;
        }

        var merged = new TableRow(rows[0].PartitionKey, rows[0].RowKey, "tag");
        foreach (var (name, value) in properties)
        {
            merged.Set(name, value);
        }

        return merged;
    }

    private static IReadOnlyList<string> Written(Session session) =>
    [
        .. SessionRow.ToRow(session, Tags).Properties.Concat(SessionRow.ToChange(Nothing, session, Tags).Properties)
            .Select(property => $"{property.Key}={(property.Value is byte[] bytes ? Convert.ToHexString(bytes) : property.Value)}")
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];

    private static Session Nothing => new()
    {
        Locator = Before.Locator,
        CreatedAt = default,
        AuthenticatedAt = default,
        LastSeenAt = default,
        IdleTimeout = default,
        IdleExpiresAt = default,
        AbsoluteExpiresAt = default,
        AssuranceLevel = default,
        Version = 0,
        DataVersion = 0,
        Secret = new SessionSecret(default, Old(9), Start.AddYears(1), [9]),
    };

    private static PreviousSecrets Old(byte secret) => default(PreviousSecrets).With(Digest.Of([secret]), Start, Start);
}

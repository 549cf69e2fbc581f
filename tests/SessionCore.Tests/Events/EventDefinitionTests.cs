using System.Text.Json;
using SessionCore.Sessions;
using Support;
using Support.Events;

namespace SessionCore.Tests.Events;

/// <summary>Every event that is written has the members of its definition, those that are required, and no other.</summary>
public sealed class EventDefinitionTests
{
    private static readonly UInt128 Alice = SessionLocator.PartitionOf("alice");

    private readonly EventsFixture _world = new();

    private static CancellationToken Never => CancellationToken.None;

    [Fact]
    public async Task Events_of_every_type_are_as_their_definitions_say()
    {
        var target = new RecordingTarget();
        await using var core = _world.Instance(target);
        var (id, _) = await core.CreateAsync();
        await core.Sessions.RotateAsync(id, new RotationRequest(), Never);
        await core.Sessions.ReplaceClaimsAsync(id, "{\"a\":1}"u8.ToArray(), null, Never);
        await core.Sessions.RevokeAsync(id, EndReasons.SignedOut, Never);
        await core.CreateAsync();
        await core.Sessions.RevokeAllAsync(Alice, except: null, EndReasons.SignedOut, dryRun: false, Never);
        var key = CoreHarness.KeyOf("of nobody");
        await core.SaveAsync(key);
        await core.SaveAsync(key, userId: "bob");
        await core.Sessions.RevokeBeforeAsync(_world.Time.GetUtcNow(), Never);
        await EventsFixture.DeliverAsync(core);

        Assert.Equal(SessionEventTypes.All.Order(StringComparer.Ordinal), target.Types.Distinct().Order(StringComparer.Ordinal));
        Assert.All(target.Got, told => Assert.Empty(FaultsOf(told)));
    }

    private static IEnumerable<string> FaultsOf(SessionEvent told)
    {
        var definition = EventDefinition.Of(told.Type);
        var members = EventsFixture.DataOf(told).EnumerateObject().ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal);
        return
        [
            .. members.Keys.Except(definition.Members.Select(member => member.Name)).Select(name => $"{told.Type} has '{name}'."),
            .. definition.Members.Where(member => member.IsRequired && !members.ContainsKey(member.Name)).Select(member => $"{told.Type} lacks '{member.Name}'."),
            .. definition.Members.Where(member => members.TryGetValue(member.Name, out var value) && !Fits(member.Kind, value)).Select(member => $"{told.Type}: '{member.Name}' is of another kind."),
            .. definition.IsOfSession == (told.Subject is not null) ? [] : (string[])[$"{told.Type}: subject '{told.Subject}'."],
        ];
    }

    private static bool Fits(EventMemberKind kind, JsonElement value) => kind switch
    {
        EventMemberKind.Text => value.ValueKind is JsonValueKind.String,
        EventMemberKind.Texts => value.ValueKind is JsonValueKind.Array,
        EventMemberKind.Number => value.TryGetInt64(out _),
        _ => value.ValueKind is JsonValueKind.String && value.TryGetDateTimeOffset(out _),
    };
}

using System.Security.Cryptography;
using System.Text;
using SessionCore.Protection;
using SessionCore.Sessions;
using SessionCore.Tables;
using Support;
using Support.Caching;
using Support.Tables;
using Support.Time;

namespace SessionCore.Tests.Operations;

/// <summary>The steps of docs/operations.md, Rotate the master key, with instances of two steps side by side.</summary>
public sealed class KeyRotationTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly SessionTables _tables = new(new InMemoryTable("sessions"), new InMemoryTable("sessiondue"));
    private readonly InMemoryCache _cache;
    private readonly byte[] _one = Convert.FromBase64String(KeyRing.Random()[0].Key);
    private readonly byte[] _two = Convert.FromBase64String(KeyRing.Random()[0].Key);

    public KeyRotationTests() => _cache = new InMemoryCache(_time);

    [Fact]
    public async Task Every_session_is_accepted_by_old_and_new_instances_through_every_step()
    {
        await using var before = Instance((1, _one, KeyState.Active));
        await using var added = Instance((1, _one, KeyState.Active), (2, _two, KeyState.Read));
        await using var swapped = Instance((1, _one, KeyState.Read), (2, _two, KeyState.Active));
        await using var after = Instance((2, _two, KeyState.Active));
        var tokens = new List<string> { (await before.CreateAsync()).Token, (await added.CreateAsync()).Token };
        await AssertAcceptedAsync(tokens, before, added);

        tokens.Add((await swapped.CreateAsync()).Token);
        await AssertAcceptedAsync(tokens, added, swapped);

        // What was created before the swap has lapsed when the old key goes.
        await AssertAcceptedAsync([tokens[^1]], swapped, after);
    }

    [Fact]
    public async Task A_key_removed_too_early_ends_its_sessions_until_it_is_back()
    {
        await using var before = Instance((1, _one, KeyState.Active));
        await using var tooEarly = Instance((2, _two, KeyState.Active));
        await using var back = Instance((1, _one, KeyState.Read), (2, _two, KeyState.Active));
        var (_, token) = await before.CreateAsync();

        Assert.Equal(TokenVerdict.Forged, SessionToken.Read(token, tooEarly.Keys, out _));
        Assert.True(await back.IsAcceptedAsync(token, ReadConsistency.Strong));
    }

    [Fact]
    public async Task A_key_made_active_before_an_instance_has_it_is_no_reason_for_that_instance_to_refuse()
    {
        await using var late = Instance((1, _one, KeyState.Active));
        await using var hasty = Instance((1, _one, KeyState.Read), (2, _two, KeyState.Active));
        var (_, token) = await hasty.CreateAsync();

        Assert.True(await IsUndecidedAsync(late, token));
        Assert.Equal(TokenVerdict.Genuine, SessionToken.Read(token, hasty.Keys, out var read));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => late.Sessions.ValidateAsync(read, ReadConsistency.Strong, CancellationToken.None).AsTask());
    }

    [Fact]
    public async Task A_key_that_no_instance_has_is_made_up_however_near_its_number_is()
    {
        await using var instance = Instance((1, _one, KeyState.Active));
        await using var other = Instance((1, _one, KeyState.Read), (2, _two, KeyState.Active));
        await other.CreateAsync();
        for (uint id = 3; id < 12; id++)
        {
            Assert.False(await IsUndecidedAsync(instance, TokenOf(id)));
        }
    }

    [Fact]
    public async Task A_key_is_known_to_all_before_the_first_token_under_it()
    {
        await using var late = Instance((1, _one, KeyState.Active));
        Assert.False(await IsUndecidedAsync(late, TokenOf(2)));
        await using var first = Instance((2, _two, KeyState.Active), (1, _one, KeyState.Read));

        // Nothing but a create, on an instance that has read nothing before; and the clock stands still.
        var (_, token) = await first.CreateAsync();

        Assert.True(await IsUndecidedAsync(late, token));
    }

    [Fact]
    public async Task Any_number_of_made_up_keys_at_once_is_one_or_two_reads()
    {
        var isHeld = false;
        var released = new TaskCompletionSource();
        var counted = new CountingTable(new InMemoryTable("sessions", _ => isHeld ? new ValueTask(released.Task) : ValueTask.CompletedTask));
        await using var instance = new CoreHarness(_tables with { Sessions = counted }, _cache, _time, [new KeyOptions { Id = 1, Key = Convert.ToBase64String(_one), State = KeyState.Active }]);
        await instance.CreateAsync();
        counted.Reset();
        isHeld = true;

        // All ask before the first read is answered.
        var asked = Enumerable.Range(0, 200).Select(i => IsUndecidedAsync(instance, TokenOf((uint)i + 2))).ToArray();
        released.SetResult();

        Assert.All(await Task.WhenAll(asked), Assert.False);
        Assert.InRange(counted.TotalCalls, 1, 2);
    }

    [Fact]
    public async Task Instances_of_two_steps_of_a_rotation_share_the_instant()
    {
        await using var before = Instance((1, _one, KeyState.Active));
        await using var after = Instance((1, _one, KeyState.Read), (2, _two, KeyState.Active));
        var (_, old) = await before.CreateAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        await after.Sessions.RevokeBeforeAsync(_time.GetUtcNow(), CancellationToken.None);

        Assert.False(await before.IsAcceptedAsync(old, ReadConsistency.Strong));
        Assert.True(await before.IsAcceptedAsync((await before.CreateAsync("bob")).Token, ReadConsistency.Strong));
    }

    private static async Task<bool> IsUndecidedAsync(CoreHarness instance, string token) =>
        await instance.Sessions.IsUndecidedAsync(SessionToken.Read(token, instance.Keys, out var read), read, CancellationToken.None);

    private static string TokenOf(uint id)
    {
        var options = new KeyRingOptions();
        options.Ring.Add(new KeyOptions { Id = id, Key = KeyRing.Random()[0].Key, State = KeyState.Active });
        var ring = new KeyRing(Microsoft.Extensions.Options.Options.Create(options));
        return SessionToken.Issue(ring.Active, new SessionLocator(1, 2), new byte[SessionToken.SecretBytes]).Reveal();
    }

    [Fact]
    public async Task A_creation_is_repeated_under_the_key_it_was_made_under()
    {
        await using var before = Instance((1, _one, KeyState.Active));
        await using var swapped = Instance((1, _one, KeyState.Read), (2, _two, KeyState.Active));
        var first = await CreateAsync(before, "body");

        var again = await CreateAsync(swapped, "body");
        var other = await CreateAsync(swapped, "another body");

        Assert.Equal((CreationOutcome.Replayed, first.Token!.Reveal()), (again.Outcome, again.Token!.Reveal()));
        Assert.Equal(CreationOutcome.KeyReused, other.Outcome);
    }

    private static Task<Creation> CreateAsync(CoreHarness instance, string body) => instance.Sessions.CreateAsync(
        new NewSession { UserId = "alice" }, new IdempotencyKey("service:web", "k", SHA256.HashData(Encoding.UTF8.GetBytes(body))), CancellationToken.None);

    private static async Task AssertAcceptedAsync(IReadOnlyList<string> tokens, params CoreHarness[] instances)
    {
        foreach (var instance in instances)
        {
            foreach (var token in tokens)
            {
                Assert.True(await instance.IsAcceptedAsync(token));
                Assert.True(await instance.IsAcceptedAsync(token, ReadConsistency.Strong));
            }
        }
    }

    private CoreHarness Instance(params (uint Id, byte[] Key, KeyState State)[] ring) => new(
        _tables,
        _cache,
        _time,
        [.. ring.Select(key => new KeyOptions { Id = key.Id, Key = Convert.ToBase64String(key.Key), State = key.State })]);
}

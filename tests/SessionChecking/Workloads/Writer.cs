using System.Globalization;
using System.Text;
using System.Text.Json;
using SessionChecking.Histories;
using SessionCore.Sessions;
using Support;

namespace SessionChecking.Workloads;

/// <summary>The calls of a client that change a session.</summary>
internal sealed class Writer(Caller caller, Board board, Dice dice)
{
    public Task ReplaceAsync(KnownSession known)
    {
        var call = New(CallKind.ReplaceData, known, "r");
        var data = Encoding.UTF8.GetBytes($$"""{"by":"{{known.Mark}}","put":"{{call.Mark}}"}""");
        return caller.MakeAsync(call, () => new ValueTask<Change>(caller.Sessions.ReplaceDataAsync(IdOf(known), data, ifVersion: null, CancellationToken.None)));
    }

    public Task MergeAsync(KnownSession known)
    {
        var call = New(CallKind.MergeData, known, "m");
        var patch = JsonElement.Parse($$"""{"{{call.Mark}}":1}""");
        return caller.MakeAsync(call, () => new ValueTask<Change>(caller.Sessions.MergeDataAsync(IdOf(known), patch, ifVersion: null, CancellationToken.None)));
    }

    public Task SetExpiryAsync(KnownSession known)
    {
        TimeSpan? expiresIn = dice.Below(4) switch
        {
            0 => TimeSpan.Zero,
            1 => null,
            _ => TimeSpan.FromSeconds(dice.Between(2, 30)),
        };
        TimeSpan? idle = expiresIn is null ? TimeSpan.FromSeconds(dice.Between(4, 30)) : null;
        var call = caller.New(CallKind.SetExpiry, known.Locator, detail: expiresIn is { } seconds ? $"in {seconds.TotalSeconds}s" : $"idle {idle!.Value.TotalSeconds}s");
        return caller.MakeAsync(call, () => new ValueTask<Change>(caller.Sessions.SetExpiryAsync(IdOf(known), expiresIn, idle, CancellationToken.None)));
    }

    public async Task RotateAsync(KnownSession known)
    {
        var call = caller.New(CallKind.Rotate, known.Locator);
        var rotation = await caller.MakeAsync(call, () => new ValueTask<Rotation>(
            caller.Sessions.RotateAsync(IdOf(known), new RotationRequest(), CancellationToken.None)));
        board.Learn(call, rotation?.Session, rotation?.Token, known.Mark);
    }

    public async Task RotateOwnAsync(KnownSession known)
    {
        if (known.Tokens.Count == 0)
        {
            return;
        }

        var token = dice.Chance(0.8) ? known.Tokens[^1] : dice.Pick(known.Tokens);
        var call = caller.New(CallKind.RotateOwn, known.Locator, token: token);
        var rotation = await caller.MakeAsync(call, () => new ValueTask<Rotation>(caller.Sessions.RotateOwnAsync(token.Read, CancellationToken.None)));
        board.Learn(call, rotation?.Session, rotation?.Token, known.Mark);
    }

    public async Task UpgradeAsync(KnownSession known, string user)
    {
        var call = caller.New(CallKind.Upgrade, known.Locator, SessionLocator.PartitionOf(user), detail: user);
        var rotation = await caller.MakeAsync(call, () => new ValueTask<Rotation>(
            caller.Sessions.RotateAsync(IdOf(known), new RotationRequest(user), CancellationToken.None)));
        board.Learn(call, rotation?.Session, rotation?.Token, known.Mark);
    }

    private static SessionId IdOf(KnownSession known) => new(known.Locator);

    private Call New(CallKind kind, KnownSession known, string prefix) =>
        caller.New(kind, known.Locator, mark: string.Create(CultureInfo.InvariantCulture, $"{prefix}{caller.CallsSoFar + 1}"));
}

using System.Globalization;
using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Caching;
using SessionCore.Operations;
using SessionCore.Sessions;

namespace SessionApi.Operations;

internal sealed class AwaitOwnChanges(
    SessionService sessions, SessionChanges changes, OwnSessionAnswer answer, Authenticator authenticator, RequestWait waits, TimeProvider timeProvider)
    : IOperationHandler
{
    private const string SinceName = "since";

    // Long enough to warn a user, who may then go on working.
    private static readonly TimeSpan ExpiryNotice = TimeSpan.FromMinutes(1);

    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.AwaitOwnChanges,
        Methods = [HttpMethods.Get, HttpMethods.Head],
        Route = "v1/session/changes",
        Group = "Own session",
        Access = Access.User,
        Summary = "Waits until the user's own session ends, gets another token or other content, or is about to expire. Does not renew it.",
        Query = [new(SinceName, "The version of the session that the client knows; without it, the answer is the session at once.", """{"type":"integer","minimum":0}""")],
        TakesConsistency = true,
        IsConditional = true,
        Waits = true,
        Answers =
        [
            new(StatusCodes.Status200OK, "The session: it has changed since that version, or expires within a minute.", "OwnSession"),
            new(StatusCodes.Status304NotModified, "Nothing has changed."),
        ],
        Handler = typeof(AwaitOwnChanges),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        long since = -1;
        if (call.Query(SinceName) is { } text && !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out since))
        {
            return SessionProblems.Parameter(SinceName, "Not a version. Allowed: the member version of the session.");
        }

        if (waits.Read(call.Http, out var wait) is { } refusal)
        {
            return refusal;
        }

        var reading = call.User.Session;
        if (IsChanged(call.User.Token, reading.Live!, since)) // the dispatcher passes live sessions only
        {
            return await answer.WriteAsync(call, reading);
        }

        return wait == TimeSpan.Zero ? NotModified(call) : await WaitAsync(call, since, wait, cancellationToken);
    }

    private async ValueTask<Problem?> WaitAsync(Call call, long since, TimeSpan wait, CancellationToken cancellationToken)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, call.Http.RequestAborted);
        var began = timeProvider.GetUtcNow();
        var (until, consistency) = (began + wait, call.Consistency);
        while (true)
        {
            // Whoever watches first misses nothing that is written after the reading.
            using var watch = changes.Watch(call.User.Token.Locator);
            var reading = await sessions.ValidateAsync(call.User.Token, consistency, ends.Token);
            if (reading.Live is not { } live)
            {
                return reading.Ended is { } ended ? authenticator.RefuseEnded(call, ended) : authenticator.Refuse(call);
            }

            var now = timeProvider.GetUtcNow();
            var expiresAt = live.IdleExpiresAt < live.AbsoluteExpiresAt ? live.IdleExpiresAt : live.AbsoluteExpiresAt;
            var noticeAt = expiresAt - ExpiryNotice;
            if (IsChanged(call.User.Token, live, since) || (began < noticeAt && now >= noticeAt))
            {
                return await answer.WriteAsync(call, reading);
            }

            if (now >= until || waits.Stopping.IsCancellationRequested)
            {
                return NotModified(call);
            }

            // A client that was told of the coming end waits for the end.
            var next = now < noticeAt ? noticeAt : expiresAt;
            var isTold = await watch.WaitAsync(next < until ? next : until, ends.Token);

            // Whatever was written is in the table; another instance's memory may lag behind.
            consistency = isTold ? ReadConsistency.Strong : call.Consistency;
        }
    }

    // Activity changes the version, but nothing that a client has to learn.
    private static bool IsChanged(SessionToken token, LiveSession live, long since) => live.DataVersion > since || !live.IsCurrent(token);

    private static Problem? NotModified(Call call)
    {
        Answer.Empty(call.Http, StatusCodes.Status304NotModified);
        return null;
    }
}

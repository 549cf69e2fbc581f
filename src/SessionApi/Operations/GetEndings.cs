using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionApi.Passports;
using SessionCore.Caching;
using SessionCore.Events.Log;

namespace SessionApi.Operations;

internal sealed class GetEndings(
    EndingLog endings, RequestWait waits, TimeProvider timeProvider, IOptions<PassportOptions> passports, IOptions<CacheOptions> cache) : IOperationHandler
{
    private const string AfterName = "after";
    private const int MaxEvents = 2000;

    private static readonly StringValues Compact = EndingsBody.CompactType;
    private static readonly StringValues VaryByAccept = "Accept";

    // The feed is asked for within the life of a passport and the longest time that an instance may still issue one after an end.
    private readonly TimeSpan _keep = passports.Value.Lifetime + cache.Value.MaxAge + cache.Value.ClockSkew + cache.Value.LocalAge + PassportOptions.Margin;

    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.GetEndings,
        Methods = [HttpMethods.Get, HttpMethods.Head],
        Route = "v1/endings",
        Group = "Passports",
        Access = Access.Service(Scopes.Endings),
        Summary = "Tells which sessions have ended lately, for back ends that check passports: hashes of sids, and how complete the answer is. Accept: application/vnd.session-endings asks for the compact form.",
        Query =
        [
            new(AfterName, "The cursor of the answer before. Without it all that ended within the longest life of a passport.", """{"type":"string","maxLength":200}"""),
        ],
        Waits = true,
        Answers = [new(StatusCodes.Status200OK, "What ended since.", "Endings")],
        Problems = [ProblemTypes.PassportsOff, ProblemTypes.CursorForeign, ProblemTypes.CursorExpired],
        Handler = typeof(GetEndings),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        var arrived = timeProvider.GetUtcNow();
        if (!passports.Value.Enabled)
        {
            return SessionProblems.PassportsOff;
        }

        if (waits.Read(call.Http, out var wait) is { } refusal)
        {
            return refusal;
        }

        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, call.Http.RequestAborted, waits.Stopping);
        var reading = await endings.ReadAsync(call.Query(AfterName), _keep, MaxEvents, wait, ends.Token);
        switch (reading.Log.Outcome)
        {
            case EventLogOutcome.Read:
                await AnswerAsync(call.Http, new EndingsBody(reading, reading.Log.ReadAt - arrived, passports.Value.Lifetime, _keep));
                return null;
            case EventLogOutcome.CursorForeign:
                return SessionProblems.CursorForeign;
            case EventLogOutcome.CursorExpired:
                return SessionProblems.CursorExpired;
            case EventLogOutcome.CursorMalformed:
                return SessionProblems.Parameter(AfterName, "Not a cursor. Allowed: the cursor of an earlier answer.");
            default:
                return SessionProblems.PassportsOff;
        }
    }

    private static async ValueTask AnswerAsync(HttpContext context, EndingsBody body)
    {
        using var buffer = new AnswerBuffer();
        context.Response.Headers.Vary = VaryByAccept;
        if (!context.Request.Headers.Accept.ToString().Contains(EndingsBody.CompactType, StringComparison.OrdinalIgnoreCase))
        {
            body.AppendJson(buffer);
            await Answer.JsonAsync(context, StatusCodes.Status200OK, buffer.Written);
            return;
        }

        body.AppendCompact(buffer);
        context.Response.StatusCode = StatusCodes.Status200OK;
        context.Response.Headers.ContentType = Compact;
        await Answer.SendAsync(context, buffer.Written);
    }
}

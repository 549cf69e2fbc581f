using System.Runtime.CompilerServices;
using System.Text.Json;
using SessionApi.Callers;
using SessionApi.Http;
using SessionApi.Passports;
using SessionCore.Operations;
using SessionCore.Pooling;
using SessionCore.Sessions;

namespace SessionApi.Operations;

/// <summary>What an introspection does and answers, alone or together with others.</summary>
internal sealed class Introspector(SessionService sessions, SessionAnswers answers, PassportIssuer passports)
{
    /// <summary>The answer to a token of no live session, whatever the reason.</summary>
    public static readonly byte[] Inactive = "{\"active\":false}"u8.ToArray();

    /// <summary>Validates a token.</summary>
    /// <param name="request">The introspection.</param>
    /// <param name="call">The request of a service, which may hold other introspections too.</param>
    /// <param name="cancellationToken">The request's deadline.</param>
    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    public async ValueTask<IntrospectResult> RunAsync(IntrospectRequest request, Call call, CancellationToken cancellationToken)
    {
        if (request.Audience is { } audience && !passports.MayHave(call.Service!.Id, audience)) // the operations are for services
        {
            return new IntrospectResult(SessionProblems.AudienceRefused);
        }

        // As in RFC 7662 section 2.2, the answer to a token that is not genuine is just "inactive".
        if (request.Verdict is not TokenVerdict.Genuine)
        {
            return await sessions.IsUndecidedAsync(request.Verdict, request.Token, cancellationToken)
                ? new IntrospectResult(SessionProblems.StoreUnavailable)
                : default;
        }

        var reading = await sessions.ValidateAsync(request.Token, call.Consistency, cancellationToken);
        if (request.Touch && reading.Live is not null)
        {
            reading = await sessions.TouchAsync(reading, request.IpAddress, cancellationToken);
        }

        return new IntrospectResult(problem: null, reading);
    }

    /// <summary>Appends the answer to a token of a live session.</summary>
    public void Append(AnswerBuffer buffer, in IntrospectRequest request, LiveSession live)
    {
        buffer.Append("{\"active\":true"u8);
        var missing = request.Requires?.MissingFrom(live, answers.Now);
        if (missing is not null)
        {
            AppendInsufficient(buffer, missing);
        }

        if (request.KnownVersion == live.Version)
        {
            buffer.Append(",\"unchanged\":"u8);
            live.WriteUnchangedTo(buffer, answers.Now);
        }
        else
        {
            buffer.Append(",\"session\":"u8);
            live.WriteTo(buffer, SessionView.Service, answers.Now);
        }

        if (request.Audience is { } audience && missing is null)
        {
            buffer.Append(",\"passport\":"u8);
            passports.Append(buffer, live, audience, answers.Now);
        }

        buffer.Append("}"u8);
    }

    private static void AppendInsufficient(AnswerBuffer buffer, SignInRequirement missing)
    {
        buffer.Append(",\"insufficient\":"u8);
        using var json = new Utf8JsonWriter(buffer, JsonText.WriterOptions);
        RequirementText.Write(json, missing);
    }
}

/// <summary>Result of an introspection. The default is that of a token that is not genuine.</summary>
/// <param name="problem">Why there is no answer; null when there is one.</param>
/// <param name="reading">What was read; null when nothing had to be.</param>
internal readonly struct IntrospectResult(Problem? problem, SessionReading? reading = null)
{
    public Problem? Problem { get; } = problem;

    public SessionReading? Reading { get; } = reading;

    public LiveSession? Live => Reading?.Live;
}

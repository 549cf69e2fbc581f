using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using SessionApi.Http;
using SessionCore.Sessions;

namespace SessionApi.Operations;

/// <summary>Answers shared by several operations.</summary>
internal sealed class SessionAnswers(TimeProvider timeProvider)
{
    private static readonly StringValues FromCache = "cache";
    private static readonly StringValues FromTable = "table";

    public DateTimeOffset Now => timeProvider.GetUtcNow();

    /// <summary>Says what answered, and how old it was.</summary>
    public void Tell(HttpContext context, in SessionReading reading)
    {
        TellSource(context.Response, reading.Source, reading.Degraded);
        if (AsksAge(context) && reading.AgeAt(Now) is { } age)
        {
            TellAge(context.Response, age);
        }
    }

    /// <summary>Says it of several introspections: that any answered from the cache, or without it, and the greatest age.</summary>
    public void Tell(HttpContext context, IntrospectResult[] results)
    {
        ReadSource? source = null;
        TimeSpan? age = null;
        var degraded = false;
        foreach (var result in results)
        {
            if (result.Reading is not { } reading)
            {
                continue;
            }

            source = source is ReadSource.Cache ? source : reading.Source;
            degraded |= reading.Degraded;
            age = reading.AgeAt(Now) is { } own && !(own < age) ? own : age;
        }

        if (source is { } told)
        {
            TellSource(context.Response, told, degraded);
        }

        if (age is { } greatest && AsksAge(context))
        {
            TellAge(context.Response, greatest);
        }
    }

    /// <summary>Says what counted, and how old it was.</summary>
    public static void Tell(HttpContext context, in SessionCount count)
    {
        TellSource(context.Response, count.Source, count.Degraded);
        if (AsksAge(context))
        {
            TellAge(context.Response, count.Age);
        }
    }

    /// <summary>Sets the header that marks an answer without the configured cache.</summary>
    public static void TellDegraded(HttpResponse response, bool degraded)
    {
        if (degraded)
        {
            response.Headers[SessionHeaders.Degraded] = FromCache;
        }
    }

    // To a request that says how consistent the read must be; others are spared the header.
    private static bool AsksAge(HttpContext context) => context.Request.Headers[SessionHeaders.Consistency].Count > 0;

    // Rounded up, so that the header of a value that was too old for no request says no more than the request allows.
    private static void TellAge(HttpResponse response, TimeSpan age) =>
        response.Headers[SessionHeaders.Age] = HeaderUtilities.FormatNonNegativeInt64(Math.Max(0, (long)Math.Ceiling(age.TotalSeconds)));

    private static void TellSource(HttpResponse response, ReadSource source, bool degraded)
    {
        response.Headers[SessionHeaders.Source] = source is ReadSource.Cache ? FromCache : FromTable;
        TellDegraded(response, degraded);
    }

    /// <summary>Answers 200 with a session's representation and its entity tag.</summary>
    public async ValueTask RepresentationAsync(HttpContext context, SessionReading reading, SessionView view)
    {
        using var buffer = new AnswerBuffer();
        Append(buffer, reading, view);
        Tell(context, reading);
        await (reading.Live is { } live
            ? Answer.RepresentationAsync(context, EntityTag.Of(live.Version), buffer.Written)
            : Answer.JsonAsync(context, StatusCodes.Status200OK, buffer.Written));
    }

    /// <summary>Answers 200 with a session that was just written.</summary>
    public async ValueTask WrittenAsync(HttpContext context, LiveSession session, bool degraded, SessionView view)
    {
        using var buffer = new AnswerBuffer();
        session.WriteTo(buffer, view, Now);
        context.Response.Headers.ETag = EntityTag.Of(session.Version);
        TellDegraded(context.Response, degraded);
        await Answer.JsonAsync(context, StatusCodes.Status200OK, buffer.Written);
    }

    /// <summary>Answers 200 with a session and its new token.</summary>
    /// <param name="context">The request.</param>
    /// <param name="rotation">The result of the rotation.</param>
    /// <param name="session">The session of the new token.</param>
    /// <param name="view">Who reads it.</param>
    /// <param name="token">The token; null when the cookie carries it.</param>
    public async ValueTask RotatedAsync(
        HttpContext context, Rotation rotation, LiveSession session, SessionView view, IssuedToken? token)
    {
        using var buffer = new AnswerBuffer();
        IssuedAnswer.Append(buffer, session.Id.ToString(), token);
        session.WriteTo(buffer, view, Now);
        if (rotation.EffectiveBy is { } instant)
        {
            buffer.Append(","u8);
            AppendEffectiveBy(buffer, instant);
        }

        buffer.Append("}"u8);
        context.Response.Headers.ETag = EntityTag.Of(session.Version);
        TellDegraded(context.Response, rotation.Degraded);
        await Answer.JsonAsync(context, StatusCodes.Status200OK, buffer.Written);
    }

    /// <summary>Answers 200 with a page of a user's sessions.</summary>
    /// <param name="context">The request.</param>
    /// <param name="page">The page.</param>
    /// <param name="view">Who reads it.</param>
    /// <param name="current">The session of this request, in a user's own list.</param>
    public async ValueTask ListAsync(HttpContext context, SessionPage page, SessionView view, SessionId? current)
    {
        using var buffer = new AnswerBuffer();
        buffer.Append("{"u8);
        AppendList(buffer, page.Sessions, view, current);
        if (page.Continuation is { } continuation)
        {
            buffer.Append(",\"continuation\":\""u8);
            buffer.AppendAscii(continuation);
            buffer.Append("\""u8);
        }

        buffer.Append("}"u8);
        if (AsksAge(context))
        {
            TellAge(context.Response, TimeSpan.Zero); // a list is always the table's
        }

        await Answer.JsonAsync(context, StatusCodes.Status200OK, buffer.Written);
    }

    /// <summary>Appends the member <c>sessions</c>.</summary>
    public void AppendList(AnswerBuffer buffer, IReadOnlyList<SessionReading> sessions, SessionView view, SessionId? current)
    {
        buffer.Append("\"sessions\":["u8);
        for (var i = 0; i < sessions.Count; i++)
        {
            if (i > 0)
            {
                buffer.Append(","u8);
            }

            Append(buffer, sessions[i], view, sessions[i].Live is { } live && live.Id == current);
        }

        buffer.Append("]"u8);
    }

    /// <summary>Answers an end: 204 when it is effective everywhere, otherwise 202 with the instant by which it is.</summary>
    public static async ValueTask EndedAsync(HttpContext context, DateTimeOffset? effectiveBy)
    {
        if (effectiveBy is not { } instant)
        {
            Answer.Empty(context, StatusCodes.Status204NoContent);
            return;
        }

        using var buffer = new AnswerBuffer();
        buffer.Append("{"u8);
        AppendEffectiveBy(buffer, instant);
        buffer.Append("}"u8);
        await Answer.JsonAsync(context, StatusCodes.Status202Accepted, buffer.Written);
    }

    /// <summary>
    /// Answers the number of ended sessions: 200 when the ends are effective everywhere, otherwise 202 with the instant by which they
    /// are.
    /// </summary>
    public static async ValueTask EndedCountAsync(HttpContext context, int count, DateTimeOffset? effectiveBy)
    {
        using var buffer = new AnswerBuffer();
        buffer.Append("{\"ended\":"u8);
        buffer.Append(count);
        if (effectiveBy is { } instant)
        {
            buffer.Append(","u8);
            AppendEffectiveBy(buffer, instant);
        }

        buffer.Append("}"u8);
        var status = effectiveBy is null ? StatusCodes.Status200OK : StatusCodes.Status202Accepted;
        await Answer.JsonAsync(context, status, buffer.Written);
    }

    /// <summary>Answers 200 with the sessions that would end.</summary>
    public async ValueTask WouldEndAsync(HttpContext context, IReadOnlyList<SessionReading> sessions)
    {
        using var buffer = new AnswerBuffer();
        buffer.Append("{\"ended\":0,"u8);
        AppendList(buffer, sessions, SessionView.ServiceListItem, current: null);
        buffer.Append("}"u8);
        await Answer.JsonAsync(context, StatusCodes.Status200OK, buffer.Written);
    }

    /// <summary>Appends the member <c>effectiveBy</c>: the instant by which an end is effective everywhere.</summary>
    public static void AppendEffectiveBy(AnswerBuffer buffer, DateTimeOffset instant)
    {
        buffer.Append("\"effectiveBy\":\""u8);
        Span<char> text = stackalloc char[32];
        instant.UtcDateTime.TryFormat(text, out var written, "yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        buffer.AppendAscii(text[..written]);
        buffer.Append("\""u8);
    }

    /// <summary>Appends a live or an ended session.</summary>
    public void Append(AnswerBuffer buffer, SessionReading reading, SessionView view, bool current = false)
    {
        if (reading.Live is { } live)
        {
            live.WriteTo(buffer, view, Now, current);
        }
        else
        {
            reading.Ended?.WriteTo(buffer);
        }
    }
}

/// <summary>Answers of a creation and of a rotation, the only ones with a token.</summary>
internal static class IssuedAnswer
{
    /// <summary>Appends the members before the session's representation, which must follow; the object stays open.</summary>
    /// <param name="buffer">Where to.</param>
    /// <param name="sid">The session's id.</param>
    /// <param name="token">The token; null when the cookie carries it.</param>
    public static void Append(AnswerBuffer buffer, string sid, IssuedToken? token)
    {
        buffer.Append("{\"sid\":\""u8);
        buffer.AppendAscii(sid);
        if (token is not null)
        {
            buffer.Append("\",\"token\":\""u8);
            buffer.AppendAscii(token.Reveal());
        }

        buffer.Append("\",\"session\":"u8);
    }
}

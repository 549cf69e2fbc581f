using System.Globalization;
using System.Text;
using SessionCore.Sessions;

namespace SessionChecking.Histories;

/// <summary>Calls and answers as lines that a person can follow.</summary>
internal static class HistoryText
{
    public static string Asked(Call call, Names names)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Who(call)} {call.Kind}");
        if (call.Partition is { } partition)
        {
            text.Append(CultureInfo.InvariantCulture, $" of {names.Of(partition)}");
        }

        if (call.Session is { } session)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(call.Kind is CallKind.RevokeAll ? " but" : "")} {names.Of(session)}");
        }

        if (call.Token is { } token)
        {
            text.Append(CultureInfo.InvariantCulture, $" by token {token.Number}");
        }

        if (call.Instant is { } instant)
        {
            text.Append(CultureInfo.InvariantCulture, $" {instant:HH:mm:ss.fff}");
        }

        string?[] rest = [call.Key is null ? null : "key " + call.Key, call.Named?.ToString(), call.Service, call.Mark, call.Detail, call.IsStrong ? "strong" : null];
        return text.Append(string.Concat(rest.OfType<string>().Select(part => " " + part))).ToString();
    }

    public static string Answered(Call call, Names names) =>
        $"{Who(call)} => {(call.Failure is { } failure ? $"{failure.GetType().Name}: {failure.Message}" : Of(call.Answer, names))}";

    private static string Who(Call call) => string.Create(CultureInfo.InvariantCulture, $"#{call.Number} client {call.Client} @{call.Instance}");

    private static string Of(object? answer, Names names) => answer switch
    {
        Creation it => $"{it.Outcome} {Of(it.Session, names)}",
        SessionReading it => Of(it, names),
        Change it => $"{it.Outcome} {Of(it.Session, names)}{Degraded(it.Degraded)}{By(it.EffectiveBy)}",
        KeyedChange it => $"{it.Outcome} {Of(it.Session, names)}{Degraded(it.Degraded)}{(it.End is { } end ? $" ended {end.Reason}" : "")}",
        Rotation it => $"{it.Outcome} {Of(it.Session, names)}{Degraded(it.Degraded)}{By(it.EffectiveBy)}",
        Revocation it => $"{(it.Found ? "ended" : "not found")} {string.Join(' ', it.Sessions.Select(session => Of(session, names)))}{By(it.EffectiveBy)}",
        SessionPage it => $"[{string.Join(", ", it.Sessions.Select(session => Of(session, names)))}]",
        SessionCount it => string.Create(CultureInfo.InvariantCulture, $"{it.Count} from {it.Source}{Degraded(it.Degraded)}"),
        DateTimeOffset it => By(it),
        _ => "nothing",
    };

    private static string Of(SessionReading reading, Names names)
    {
        var found = reading switch
        {
            { Live: { } live } => Of(live, names),
            { Ended: { } ended } => $"{names.Of(ended.Id.Locator)} ended {ended.Reason}",
            _ => "unknown",
        };
        return string.Concat(found, reading.Source is ReadSource.Cache ? " from cache" : "", Degraded(reading.Degraded));
    }

    private static string Of(LiveSession? live, Names names) => live is null
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"{names.Of(live.Id.Locator)} v{live.Version} {Encoding.UTF8.GetString(live.DataJson)} idle end {live.IdleExpiresAt:HH:mm:ss.fff}");

    private static string Degraded(bool isDegraded) => isDegraded ? " (degraded)" : "";

    private static string By(DateTimeOffset? effectiveBy) => effectiveBy is { } by ? string.Create(CultureInfo.InvariantCulture, $" by {by:HH:mm:ss.fff}") : "";
}

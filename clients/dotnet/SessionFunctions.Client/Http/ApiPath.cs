using System.Buffers;

namespace SessionFunctions.Client.Http;

/// <summary>Paths and queries of the API.</summary>
internal static class ApiPath
{
    private static readonly SearchValues<char> SidCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>The path of a session; null for an id that no session can have, and that could lead to another path.</summary>
    public static string? OfSession(string sid, string rest = "")
    {
        ArgumentNullException.ThrowIfNull(sid);
        return sid.Length > 0 && !sid.AsSpan().ContainsAnyExcept(SidCharacters) ? $"v1/sessions/{sid}{rest}" : null;
    }

    /// <summary>The path of the ending of a session; null for an id that no session can have.</summary>
    public static string? OfEnding(string sid) => OfSession(sid) is null ? null : $"v1/endings/{sid}";

    /// <summary>The path of the session of a key.</summary>
    public static string OfKey(SessionKey key, string rest = "") => $"v1/keyed-sessions/{key.Value}{rest}";

    /// <summary>A query of the parameters that have a value.</summary>
    public static string Query(params (string Name, string? Value)[] parameters)
    {
        var query = "";
        foreach (var (name, value) in parameters)
        {
            if (value is not null)
            {
                query += $"{(query.Length == 0 ? '?' : '&')}{name}={Uri.EscapeDataString(value)}";
            }
        }

        return query;
    }
}

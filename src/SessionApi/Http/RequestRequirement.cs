using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using SessionCore.Sessions;

namespace SessionApi.Http;

/// <summary>What a request requires of the sign-in: a member of a body, or headers of the user's own calls.</summary>
internal static class RequestRequirement
{
    private const int MaxDigits = 9;

    private static readonly MemberNames Members = new("maxAuthenticationAgeSeconds", "minAssuranceLevel", "methods");

    /// <summary>The first of its headers that a request has; null when it has none.</summary>
    public static string? HeaderIn(IHeaderDictionary headers)
    {
        if (headers.ContainsKey(SessionHeaders.MaxAuthenticationAge))
        {
            return SessionHeaders.MaxAuthenticationAge;
        }

        if (headers.ContainsKey(SessionHeaders.MinAssuranceLevel))
        {
            return SessionHeaders.MinAssuranceLevel;
        }

        return headers.ContainsKey(SessionHeaders.AuthenticationMethods) ? SessionHeaders.AuthenticationMethods : null;
    }

    /// <summary>Reads the member, or null; null too when it requires nothing.</summary>
    public static SignInRequirement? Read(ref StrictJsonReader reader)
    {
        if (reader.BeginObject(Members) is not { } outer)
        {
            return null;
        }

        var requirement = new SignInRequirement();
        for (var member = reader.NextInner(); member >= 0; member = reader.NextInner())
        {
            requirement = member switch
            {
                0 => requirement with { MaxAge = RequestSeconds.ReadPositive(ref reader) },
                1 => requirement with { MinLevel = RequestLevel.Read(ref reader) },
                _ => requirement with { Methods = RequestMethods.Read(ref reader) ?? [] },
            };
        }

        reader.EndObject(outer);
        return requirement.IsEmpty ? null : requirement;
    }

    /// <summary>Reads the headers.</summary>
    public static SignInRequirement? Read(IHeaderDictionary headers, out Problem? fault)
    {
        var age = headers[SessionHeaders.MaxAuthenticationAge];
        var least = headers[SessionHeaders.MinAssuranceLevel];
        var methods = headers[SessionHeaders.AuthenticationMethods];
        var requirement = new SignInRequirement { MaxAge = Seconds(age), MinLevel = Level(least), Methods = Names(methods) };
        fault = (requirement, age.Count, least.Count, methods.Count) switch
        {
            ({ MaxAge: null }, > 0, _, _) => SessionProblems.Header(SessionHeaders.MaxAuthenticationAge, $"Out of range. Allowed: 1 to {RequestSeconds.Max} seconds."),
            ({ MinLevel: null }, _, > 0, _) => SessionProblems.Header(SessionHeaders.MinAssuranceLevel, "Unknown value. Allowed: aal1, aal2, aal3."),
            ({ Methods.Count: 0 }, _, _, > 0) => SessionProblems.Header(SessionHeaders.AuthenticationMethods, $"Malformed. The value {RequestMethods.Rule}, separated by commas."),
            _ => null,
        };
        return requirement;
    }

    private static TimeSpan? Seconds(StringValues header) =>
        header is [{ Length: <= MaxDigits } digits]
        && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds is > 0 and <= RequestSeconds.Max
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static AssuranceLevel? Level(StringValues header) => header is [{ } name] ? AssuranceLevelNames.Parse(name) : null;

    // Empty when they are malformed.
    private static string[] Names(StringValues header)
    {
        if (header.Count == 0)
        {
            return [];
        }

        var names = header.ToString().Split(',', StringSplitOptions.TrimEntries);
        return RequestMethods.IsAllowed(names) ? names : [];
    }
}

using System.Security.Claims;

namespace SessionFunctions.AspNetCore.Authentication;

/// <summary>The methods of an authentication as an identity provider tells them.</summary>
internal static class SignInMethods
{
    private const string Amr = "amr";

    // What handlers of JWT and WS-Federation map amr to.
    private const string MappedAmr = "http://schemas.microsoft.com/claims/authnmethodsreferences";

    // docs/http-api.md, Limits.
    private const int MaxMethods = 8;
    private const int MaxLength = 64;

    /// <summary>Returns the methods in the claims of a principal that the API takes; null when there are none.</summary>
    public static IReadOnlyList<string>? Of(ClaimsPrincipal principal)
    {
        string[] methods =
        [
            .. principal.FindAll(static claim => claim.Type is Amr or MappedAmr)
                .Select(static claim => claim.Value)
                .Where(IsMethod)
                .Distinct(StringComparer.Ordinal)
                .Take(MaxMethods),
        ];
        return methods.Length > 0 ? methods : null;
    }

    private static bool IsMethod(string text)
    {
        foreach (var character in text)
        {
            if (character is <= ' ' or > '~' or '"' or '\\')
            {
                return false;
            }
        }

        return text.Length is > 0 and <= MaxLength;
    }
}

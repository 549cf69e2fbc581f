using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using SessionFunctions.Client;

namespace SessionFunctions.AspNetCore.Authentication;

/// <summary>The challenge of RFC 9470 for a sign-in that does not suffice.</summary>
internal static class SignInChallenge
{
    /// <summary>Returns the header <c>WWW-Authenticate</c>, and the query of the page to sign in on.</summary>
    public static (string Header, QueryString Query) Of(SignInRequirement required)
    {
        var header = new StringBuilder("Bearer error=\"insufficient_user_authentication\"");
        var query = QueryString.Empty;
        if (required.MinAssuranceLevel is { } level)
        {
            header.Append(CultureInfo.InvariantCulture, $", acr_values=\"{SignInText.Of(level)}\"");
            query = query.Add("acr_values", SignInText.Of(level));
        }

        if (required.MaxAuthenticationAge is { } age)
        {
            header.Append(CultureInfo.InvariantCulture, $", max_age=\"{(long)age.TotalSeconds}\"");
            query = query.Add("max_age", ((long)age.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        }

        if (required.Methods is { Count: > 0 } methods)
        {
            query = query.Add("amr_values", string.Join(' ', methods));
        }

        return (header.ToString(), query);
    }
}

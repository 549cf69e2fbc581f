using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace SessionApi.Http;

/// <summary>
/// The parameters of a token introspection, by the rules of RFC 6749 section 3.2: none twice, one without a value counts as left out, and
/// unknown ones are ignored.
/// </summary>
internal sealed class RequestForm
{
    public const string Token = "token";
    public const string TokenTypeHint = "token_type_hint";
    public const string Touch = "touch";
    public const string ClientId = "client_id";
    public const string ClientSecret = "client_secret";

    private static readonly string[] Names = [Token, TokenTypeHint, Touch, ClientId, ClientSecret];

    private readonly string?[] _values = new string?[Names.Length];

    private RequestForm(Problem? fault) => Fault = fault;

    /// <summary>Gets why the form cannot be read; it then has no parameters.</summary>
    public Problem? Fault { get; }

    /// <summary>Gets a parameter's value; null when it is left out.</summary>
    public string? this[string name] => _values[Array.IndexOf(Names, name)] is { Length: > 0 } value ? value : null;

    /// <summary>Reads the body of a request.</summary>
    public static async ValueTask<RequestForm> ReadAsync(HttpContext context, CancellationToken cancellationToken)
    {
        using var body = await RequestBody.ReadFormAsync(context, cancellationToken);
        return body.Fault is { } unreadable ? new RequestForm(unreadable) : Parse(Encoding.UTF8.GetString(body.Json.Span));
    }

    private static RequestForm Parse(string text)
    {
        if (!PercentEncoding.IsUtf8(text))
        {
            return new RequestForm(SessionProblems.FormUnreadable);
        }

        var form = new RequestForm(fault: null);

        // The enumerator leaves out one question mark before the first parameter.
        foreach (var pair in new QueryStringEnumerable("?" + text))
        {
            var at = Array.IndexOf(Names, pair.DecodeName().ToString());
            if (at < 0)
            {
                continue;
            }

            if (form._values[at] is not null)
            {
                return new RequestForm(SessionProblems.Parameter(Names[at], "Repeated. The parameter must appear exactly once."));
            }

            form._values[at] = pair.DecodeValue().ToString();
        }

        return form;
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Sessions;

namespace SessionApi;

/// <summary>Rules for the query and the headers of every request, checked before authentication.</summary>
internal static class RequestRules
{
    public static Problem? Check(Call call)
    {
        var request = call.Http.Request;
        return CheckEncoding(call.Http)
            ?? (request.QueryString.HasValue ? CheckQuery(request.Query, call.Operation) : null)
            ?? CheckConditions(call)
            ?? CheckConsistency(call)
            ?? CheckRequirement(call);
    }

    /// <summary>Returns the problem of a path or query that does not decode unambiguously.</summary>
    /// <remarks>The server leaves invalid escapes undecoded, so they would name another resource.</remarks>
    public static Problem? CheckEncoding(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget;
        if (!string.IsNullOrEmpty(target) && target.Contains('%', StringComparison.Ordinal) && !PercentEncoding.IsUtf8(target))
        {
            return SessionProblems.EncodingMalformed;
        }

        if (!context.Request.QueryString.HasValue)
        {
            return null;
        }

        var query = context.Request.QueryString.Value;
        if (!PercentEncoding.IsUtf8(query))
        {
            return SessionProblems.EncodingMalformed;
        }

        // Form encoding reads '+' as a space, RFC 3986 as itself.
        return query.Contains('+', StringComparison.Ordinal) ? SessionProblems.PlusInQuery : null;
    }

    /// <summary>Whether a query holds a credential. Such a URL has already leaked it to logs and browser histories.</summary>
    public static bool HoldsCredential(IQueryCollection query)
    {
        foreach (var (name, values) in query)
        {
            if (IsCredential(name))
            {
                return true;
            }

            foreach (var value in values)
            {
                if (IsCredential(value))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static Problem? CheckQuery(IQueryCollection query, Operation operation)
    {
        if (HoldsCredential(query))
        {
            return SessionProblems.CredentialInQuery;
        }

        foreach (var (name, values) in query)
        {
            if (!IsKnown(operation, name))
            {
                if (operation.IgnoresUnknownQuery)
                {
                    continue;
                }

                return SessionProblems.UnknownParameter(name, [.. operation.Query.Select(parameter => parameter.Name)]);
            }

            if (values.Count != 1)
            {
                return SessionProblems.Parameter(name, "Repeated. The parameter must appear exactly once.");
            }
        }

        foreach (var parameter in operation.Query)
        {
            if (parameter.IsRequired && !query.ContainsKey(parameter.Name))
            {
                return SessionProblems.Parameter(parameter.Name, "Missing. The parameter is required.");
            }
        }

        return null;
    }

    private static bool IsKnown(Operation operation, string name)
    {
        foreach (var parameter in operation.Query)
        {
            if (parameter.Name == name)
            {
                return true;
            }
        }

        return false;
    }

    // RFC 9110 section 13.2: a precondition that cannot be evaluated must not be passed over by a write.
    private static Problem? CheckConditions(Call call)
    {
        var headers = call.Http.Request.Headers;
        if (headers.IfMatch.Count == 0 && headers.IfNoneMatch.Count == 0)
        {
            return null;
        }

        if (Preconditions.Check(headers) is { } malformed)
        {
            return malformed;
        }

        if (call.Operation.IsConditional || IsRead(call.Http.Request))
        {
            return null;
        }

        return headers.IfMatch.Count > 0
            ? SessionProblems.Header(HeaderNames.IfMatch, "Not supported. This operation is not conditional.")
            : SessionProblems.NotConditional;
    }

    private static Problem? CheckConsistency(Call call)
    {
        var header = call.Http.Request.Headers[SessionHeaders.Consistency];
        if (header.Count == 0)
        {
            return null;
        }

        if (header is not [{ } value] || RequestConsistency.Parse(value) is not { } consistency)
        {
            return SessionProblems.Header(SessionHeaders.Consistency, $"Unknown value. Allowed: strong, cached, max-age=0 to max-age={RequestSeconds.Max}.");
        }

        call.Consistency = consistency;
        return null;
    }

    // What is required and not looked at would be taken for granted.
    private static Problem? CheckRequirement(Call call)
    {
        var headers = call.Http.Request.Headers;
        if (RequestRequirement.HeaderIn(headers) is not { } name)
        {
            return null;
        }

        if (!call.Operation.ChecksSignIn)
        {
            return SessionProblems.Header(name, "Not supported. Allowed: operations on the user's own live session; introspect takes the member requires.");
        }

        call.Requirement = RequestRequirement.Read(headers, out var fault);
        return fault;
    }

    private static bool IsRead(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    private static bool IsCredential(string? text) =>
        text is not null
        && (text.StartsWith(SessionToken.Prefix, StringComparison.Ordinal) || text.StartsWith(ServiceKey.Prefix, StringComparison.Ordinal));
}

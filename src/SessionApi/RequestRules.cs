using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Sessions;

namespace SessionApi;

/// <summary>What holds for the query and the headers of every request, before anybody is authenticated.</summary>
internal static class RequestRules
{
    public static Problem? Check(Call call)
    {
        var request = call.Http.Request;
        if (request.QueryString.HasValue && CheckQuery(request.Query, call.Operation) is { } problem)
        {
            return problem;
        }

        // RFC 9110 section 13.2: a precondition that cannot be checked must not be passed over by a write.
        if (!call.Operation.TakesIfMatch && request.Headers.IfMatch.Count > 0 && !IsRead(request))
        {
            return SessionProblems.Header("If-Match", "This operation is not conditional.");
        }

        return CheckConsistency(call);
    }

    /// <summary>Whether a query holds a credential: such a URL has leaked it to logs and histories already.</summary>
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
                return SessionProblems.UnknownParameter;
            }

            if (values.Count != 1)
            {
                return SessionProblems.Parameter(name, "It must be there once.");
            }
        }

        foreach (var parameter in operation.Query)
        {
            if (parameter.IsRequired && !query.ContainsKey(parameter.Name))
            {
                return SessionProblems.Parameter(parameter.Name, "It is required.");
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

    private static Problem? CheckConsistency(Call call)
    {
        var header = call.Http.Request.Headers[SessionHeaders.Consistency];
        if (header.Count == 0)
        {
            return null;
        }

        if (header is ["strong"])
        {
            call.Consistency = ReadConsistency.Strong;
            return null;
        }

        return header is ["cached"] ? null : SessionProblems.Header(SessionHeaders.Consistency, "It must be strong or cached.");
    }

    private static bool IsRead(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    private static bool IsCredential(string? text) =>
        text is not null
        && (text.StartsWith(SessionToken.Prefix, StringComparison.Ordinal) || text.StartsWith(ServiceKey.Prefix, StringComparison.Ordinal));
}

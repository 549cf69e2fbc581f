using System.Globalization;
using System.Text.Json.Nodes;
using SessionApi.Http;

namespace SessionApi.Contract;

/// <summary>Answers of an operation: successes, its own problems, and those of every operation of its kind.</summary>
internal static class OpenApiResponses
{
    public static JsonObject Of(Operation operation, Func<string, JsonObject> reference)
    {
        var responses = new JsonObject();
        foreach (var answer in operation.Answers)
        {
            var response = new JsonObject { ["description"] = answer.Summary };
            if (answer.Schema is { } schema)
            {
                response["content"] = Content(answer.MediaType, reference(schema));
            }

            responses[Key(answer.Status)] = response;
        }

        if (IsConditionalRead(operation) && !responses.ContainsKey("304"))
        {
            responses["304"] = new JsonObject { ["description"] = "The representation is one that If-None-Match names." };
        }

        foreach (var problems in ProblemsOf(operation).GroupBy(problem => problem.Status).OrderBy(group => group.Key))
        {
            responses[Key(problems.Key)] = new JsonObject
            {
                ["description"] = string.Join(" ", problems.Select(problem => $"{problem.Slug}: {problem.Title}")),
                ["content"] = Content("application/problem+json", reference("Problem")),
            };
        }

        return responses;
    }

    /// <summary>Returns every problem type of an operation.</summary>
    public static IEnumerable<ProblemType> ProblemsOf(Operation operation)
    {
        List<ProblemType> problems = [.. operation.Problems, ProblemTypes.Validation, ProblemTypes.CredentialInQuery, ProblemTypes.InternalError];
        if (operation.Access?.Kind is not CallerKind.Anyone)
        {
            problems.AddRange([ProblemTypes.CredentialAmbiguous, ProblemTypes.Unauthenticated, ProblemTypes.RateLimited]);
        }

        problems.AddRange(operation.Access?.Kind switch
        {
            CallerKind.Service => [ProblemTypes.Forbidden, ProblemTypes.IdentityUnavailable],
            CallerKind.User => [ProblemTypes.CsrfRefused],
            _ => [],
        });
        if (operation.ChecksSignIn)
        {
            problems.Add(ProblemTypes.SignInInsufficient);
        }

        if (IsConditionalRead(operation) || operation.Methods.Any(method => method is not ("GET" or "HEAD")))
        {
            problems.Add(ProblemTypes.VersionMismatch);
        }

        if (operation.Methods.Any(method => method is not ("GET" or "HEAD")))
        {
            problems.AddRange(
            [
                ProblemTypes.BodyUnreadable, ProblemTypes.BodyTooLarge, ProblemTypes.MediaTypeUnsupported, ProblemTypes.ContentCodingUnsupported,
                ProblemTypes.RequestTimeout,
            ]);
        }

        if (operation.NeedsStore)
        {
            problems.Add(ProblemTypes.StoreUnavailable);
        }

        return problems.Distinct().OrderBy(problem => problem.Status).ThenBy(problem => problem.Slug, StringComparer.Ordinal);
    }

    private static bool IsConditionalRead(Operation operation) => operation.IsConditional && operation.Methods.Contains("GET", StringComparer.Ordinal);

    private static string Key(int status) => status.ToString(CultureInfo.InvariantCulture);

    private static JsonObject Content(string mediaType, JsonObject schema) =>
        new() { [mediaType] = new JsonObject { ["schema"] = schema } };
}

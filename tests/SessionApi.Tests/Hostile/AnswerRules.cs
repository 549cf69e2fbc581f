using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SessionApi.Contract;
using SessionApi.Http;

namespace SessionApi.Tests.Hostile;

/// <summary>Rules for the answer to any request.</summary>
internal static class AnswerRules
{
    // What hosts answer to a path or a method that no operation takes, and to a browser's preflight.
    private static readonly int[] Unmatched = [204, 400, 404, 405];

    /// <summary>The rule an answer breaks; null when it keeps them all.</summary>
    /// <param name="request">The request.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="secrets">What no problem and no header may show.</param>
    public static string? Broken(HostileRequest request, ApiAnswer answer, IReadOnlyList<string> secrets)
    {
        if (answer.Status >= 500)
        {
            return $"{answer.Status}: no input makes the service fail";
        }

        if (!Documented(request).Contains(answer.Status))
        {
            return $"{answer.Status} is not documented";
        }

        if (answer.Headers.Any(header => header.Value.Any(character => character is < ' ' or > '~')))
        {
            return "a header holds what no header may";
        }

        if (answer.Status < 400)
        {
            return null;
        }

        if (secrets.FirstOrDefault(secret => answer.Body.Contains(secret, StringComparison.OrdinalIgnoreCase)
            || answer.Headers.Values.Any(value => value.Contains(secret, StringComparison.OrdinalIgnoreCase))) is { } echoed)
        {
            return $"the problem repeats {echoed}";
        }

        return request.Method == "HEAD" ? null : BrokenByProblem(answer);
    }

    private static string? BrokenByProblem(ApiAnswer answer)
    {
        if (answer.Problem is not { } slug)
        {
            return "the error is no problem+json";
        }

        using var json = JsonDocument.Parse(answer.Body);
        return ProblemTypes.All.Any(type => type.Slug == slug && type.Status == answer.Status) && json.RootElement.GetProperty("status").GetInt32() == answer.Status
            ? null
            : $"'{slug}' is no problem of status {answer.Status}";
    }

    // A hostile method or path can lead to another operation than the one attacked, or to none.
    private static IEnumerable<int> Documented(HostileRequest request) =>
        ApiFixture.Route(request.Method, new PathString(Uri.UnescapeDataString(request.Path)), []) is { } operation
            ? operation.Answers.Select(good => good.Status).Concat(OpenApiResponses.ProblemsOf(operation).Select(problem => problem.Status))
            : Unmatched;
}

using System.Net.Http.Headers;
using System.Text.Json;

namespace SessionFunctions.Client.Http;

/// <summary>Reads answers: successes and expected problems become values, everything else an exception.</summary>
internal static class AnswerReader
{
    private const int FirstServerError = 500;
    private const int NotModified = 304;
    private const int TooManyRequests = 429;
    private const int RequestTimeout = 408;

    /// <summary>Reads an answer.</summary>
    /// <exception cref="SessionsException">The API refused the request, or gave no usable answer.</exception>
    public static async Task<ApiAnswer> ReadAsync(ApiRequest request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        var mediaType = response.Content.Headers.ContentType?.MediaType;
        if (response.IsSuccessStatusCode || status == NotModified)
        {
            return body.Length == 0 || mediaType == (request.Accept ?? "application/json")
                ? new ApiAnswer(status, body, EntityTagOf(response), problem: null)
                : throw ApiAnswer.NotOurs(status, inner: null);
        }

        var problem = mediaType == "application/problem+json" ? ProblemOf(body) : null;
        var name = problem?.Type is { } type && type.StartsWith(ProblemTypes.Prefix, StringComparison.Ordinal) ? type[ProblemTypes.Prefix.Length..] : null;
        return name is not null && request.Expected.Contains(name, StringComparer.Ordinal)
            ? new ApiAnswer(status, default, EntityTagOf(response), problem)
            : throw ErrorOf(request, status, name, problem, WaitOf(response.Headers.RetryAfter, response.Headers.Date));
    }

    /// <summary>How long an answer asks to wait; null when it does not say.</summary>
    public static TimeSpan? WaitOf(RetryConditionHeaderValue? retryAfter, DateTimeOffset? answeredAt)
    {
        // A date is compared with the server's own clock, so that the clocks need not agree. Without one there is no telling.
        var wait = retryAfter?.Delta ?? (retryAfter?.Date is { } at && answeredAt is { } now ? at - now : null);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static SessionsException ErrorOf(ApiRequest request, int status, string? name, WireProblem? problem, TimeSpan? wait)
    {
        if (name is null && status is < FirstServerError and not (TooManyRequests or RequestTimeout))
        {
            return ApiAnswer.NotOurs(status, inner: null);
        }

        // Texts of anything but the API are not passed on: they may repeat what was sent.
        var detail = name is null ? null : DetailOf(problem);
        var errors = name is null ? [] : problem?.Errors ?? [];
        var message = $"{request.Operation}: the session API answered {status}{(name is null ? "" : $" ({name})")}. {(name is null ? "" : problem?.Title)} {detail}".TrimEnd();
        return status is >= FirstServerError or RequestTimeout
            ? new SessionsUnavailableException(message) { Status = status, ProblemType = name, Detail = detail, Errors = errors, RetryAfter = wait }
            : new SessionsException(message) { Status = status, ProblemType = name, Detail = detail, Errors = errors, RetryAfter = wait };
    }

    private static string? DetailOf(WireProblem? problem) =>
        problem?.Detail ?? (problem?.Errors is { Count: > 0 } errors ? string.Join(' ', errors.Select(error => $"{error.Location}: {error.Detail}")) : null);

    private static string? EntityTagOf(HttpResponseMessage response) => response.Headers.ETag?.ToString();

    private static WireProblem? ProblemOf(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, WireJson.Wire.WireProblem);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

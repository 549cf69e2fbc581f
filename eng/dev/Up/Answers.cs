using System.Net;

namespace Dev.Up;

/// <summary>Asks a server whether it is there.</summary>
internal static class Answers
{
    /// <summary>Returns the status of a GET; zero without an answer.</summary>
    public static async Task<HttpStatusCode> StatusAsync(HttpClient client, string url, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri(url), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return default;
        }
    }
}

using System.Net;

namespace Dev.Up;

/// <summary>Asks a server whether it is there.</summary>
internal static class Answers
{
    /// <summary>Gives the status of a GET; zero when nobody answers.</summary>
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

namespace Bench.Limits;

/// <summary>Writes an answer with the least work Kestrel needs.</summary>
internal static class Answers
{
    public static Task WriteAsync(HttpResponse response, int status, byte[]? json)
    {
        if (json is null)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        response.StatusCode = status;
        response.ContentType = "application/json";
        response.ContentLength = json.Length;
        var answer = response.BodyWriter.WriteAsync(json);
        return answer.IsCompletedSuccessfully ? Task.CompletedTask : answer.AsTask();
    }
}

using Microsoft.AspNetCore.Http;

namespace SessionApi.Http;

/// <summary>Body of an operation without one: absent, or the empty JSON object that some clients always send.</summary>
internal static class NoBody
{
    private static readonly MemberNames Members = new();

    public static async ValueTask<Problem?> CheckAsync(HttpContext context, CancellationToken cancellationToken)
    {
        using var body = await RequestBody.ReadOptionalAsync(context, cancellationToken);
        if (body.Fault is not null || body.Json.IsEmpty)
        {
            return body.Fault;
        }

        return Check(body.Json);
    }

    private static Problem? Check(ReadOnlyMemory<byte> json)
    {
        var reader = new StrictJsonReader(json);
        reader.Next(Members);
        return reader.Fault;
    }
}

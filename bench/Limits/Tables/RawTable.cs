using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Bench.Limits.Tables;

/// <summary>
/// The least that a call to Table Storage can be: sign, send, and take the bytes. No retries, no parsing, no diagnostics. A transaction's
/// parts are not looked at one by one: the load is made so that none is refused.
/// </summary>
internal sealed class RawTable(HttpClient http, Uri account, SharedKey key, string name)
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private static readonly MediaTypeHeaderValue Batch = MediaTypeHeaderValue.Parse("multipart/mixed; boundary=batch_1");

    public string PathOf(string partition, string row) => $"{account.AbsolutePath}/{name}(PartitionKey='{partition}',RowKey='{row}')";

    public string PathOfAll => $"{account.AbsolutePath}/{name}";

    /// <summary>Makes the table; that it is there already is fine.</summary>
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Post, $"{account.AbsolutePath}/Tables", null, Body($$"""{"TableName":"{{name}}"}""", Json), cancellationToken);
        if (answer.StatusCode != HttpStatusCode.Conflict)
        {
            answer.EnsureSuccessStatusCode();
        }
    }

    /// <summary>A point read; null when there is no such row.</summary>
    public async Task<RawRow?> ReadAsync(string partition, string row, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Get, PathOf(partition, row), null, null, cancellationToken);
        return answer.StatusCode == HttpStatusCode.NotFound
            ? null
            : new RawRow(await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(cancellationToken), answer.Headers.ETag?.ToString() ?? "*");
    }

    public async Task InsertAsync(string json, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Post, PathOfAll, null, Body(json, Json), cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public async Task MergeAsync(string partition, string row, string etag, string json, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Patch, PathOf(partition, row), etag, Body(json, Json), cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>An entity group transaction: the parts are written all or none.</summary>
    public async Task TransactAsync(IReadOnlyList<RawWrite> writes, CancellationToken cancellationToken)
    {
        var text = new StringBuilder(2048).Append("--batch_1\r\nContent-Type: multipart/mixed; boundary=changeset_1\r\n\r\n");
        foreach (var write in writes)
        {
            text.Append(CultureInfo.InvariantCulture, $"--changeset_1\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n{write.Method} {account.GetLeftPart(UriPartial.Authority)}{write.Path} HTTP/1.1\r\nAccept: application/json;odata=nometadata\r\nPrefer: return-no-content\r\nDataServiceVersion: 3.0\r\nContent-Type: application/json\r\n");
            if (write.ETag is not null)
            {
                text.Append("If-Match: ").Append(write.ETag).Append("\r\n");
            }

            text.Append("\r\n").Append(write.Json).Append("\r\n");
        }

        text.Append("--changeset_1--\r\n--batch_1--\r\n");
        using var answer = await SendAsync(HttpMethod.Post, $"{account.AbsolutePath}/$batch", null, Body(text.ToString(), Batch), cancellationToken);
        var body = await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(cancellationToken);
        if (body.AsSpan().IndexOf("HTTP/1.1 4"u8) >= 0)
        {
            throw new InvalidDataException("The transaction was refused: " + Encoding.UTF8.GetString(body));
        }
    }

    private static ByteArrayContent Body(string text, MediaTypeHeaderValue type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = type;
        return content;
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? etag, HttpContent? body, CancellationToken cancellationToken)
    {
        // The request is not disposed: that would dispose the content, which holds nothing but an array.
        var request = new HttpRequestMessage(method, new Uri(account, path)) { Content = body };
        request.Headers.TryAddWithoutValidation("Accept", "application/json;odata=nometadata");
        request.Headers.TryAddWithoutValidation("x-ms-version", "2019-02-02");
        request.Headers.TryAddWithoutValidation("DataServiceVersion", "3.0");
        if (method == HttpMethod.Post)
        {
            request.Headers.TryAddWithoutValidation("Prefer", "return-no-content");
        }

        if (etag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", etag);
        }

        key.Sign(request, path);
        return http.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
    }
}

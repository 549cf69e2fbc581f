using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace HttpTests.RawRequests;

/// <summary>What a server answered to bytes as they are, read until it closed the connection.</summary>
/// <param name="Statuses">The status of each answer.</param>
/// <param name="Text">All of it.</param>
/// <param name="IsClosed">Whether the server closed the connection in time.</param>
internal sealed record RawExchange(IReadOnlyList<int> Statuses, string Text, bool IsClosed)
{
    private const string StatusLine = "HTTP/1.1 ";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Sends bytes, one for each character, and waits for the server to close.</summary>
    public static async Task<RawExchange> SendAsync(Uri url, string bytes, TimeSpan? patience = null)
    {
        using var deadline = new CancellationTokenSource(patience ?? Patience);
        using var socket = new TcpClient();
        await socket.ConnectAsync(url.Host, url.Port, deadline.Token);
        var received = new StringBuilder();
        var isClosed = false;
        try
        {
            await socket.GetStream().WriteAsync(Encoding.Latin1.GetBytes(bytes), deadline.Token);
            var buffer = new byte[4096];
            while (await socket.GetStream().ReadAsync(buffer, deadline.Token) is > 0 and var count)
            {
                received.Append(Encoding.Latin1.GetString(buffer, 0, count));
            }

            isClosed = true;
        }
        catch (OperationCanceledException)
        {
            // Still open, or still silent.
        }
        catch (IOException)
        {
            isClosed = true;
        }

        var text = received.ToString();
        return new RawExchange([.. StatusesIn(text)], text, isClosed);
    }

    /// <summary>Whether every error has a problem document or no body.</summary>
    public bool HasProblemsOnly() =>
        Statuses.All(status => status < 400) || Text.Contains("application/problem+json", StringComparison.Ordinal) || Text.Contains("Content-Length: 0\r\n", StringComparison.Ordinal);

    private static IEnumerable<int> StatusesIn(string text)
    {
        for (var at = text.IndexOf(StatusLine, StringComparison.Ordinal); at >= 0; at = text.IndexOf(StatusLine, at + 1, StringComparison.Ordinal))
        {
            yield return int.Parse(text.AsSpan(at + StatusLine.Length, 3), CultureInfo.InvariantCulture);
        }
    }
}

using System.Globalization;
using System.Text;

namespace Bench.Driver;

/// <summary>Renders requests ahead of a run, so that sending one is a copy of bytes.</summary>
public static class HttpRequestBytes
{
    /// <summary>Renders one HTTP/1.1 request.</summary>
    /// <param name="method">For example <c>GET</c>.</param>
    /// <param name="path">Path and query.</param>
    /// <param name="headers">Whole header lines without line ends; <c>Host</c> and <c>Content-Length</c> are added.</param>
    /// <param name="body">The body; null sends none.</param>
    /// <param name="contentType">What the body is.</param>
    public static byte[] Render(string method, string path, IEnumerable<string> headers, string? body = null, string contentType = "application/json")
    {
        var text = new StringBuilder(512);
        text.Append(CultureInfo.InvariantCulture, $"{method} {path} HTTP/1.1\r\nHost: localhost\r\n");
        foreach (var header in headers)
        {
            text.Append(header).Append("\r\n");
        }

        if (body is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"Content-Type: {contentType}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n");
        }
        else if (method is not "GET" and not "HEAD")
        {
            text.Append("Content-Length: 0\r\n");
        }

        return Encoding.UTF8.GetBytes(text.Append("\r\n").Append(body).ToString());
    }
}

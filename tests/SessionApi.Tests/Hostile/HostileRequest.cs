using System.Text;

namespace SessionApi.Tests.Hostile;

/// <summary>A request on its way to become hostile.</summary>
internal sealed class HostileRequest
{
    public required string Method { get; set; }

    public required string Path { get; set; }

    /// <summary>Gets the query's parameters, neither checked nor escaped.</summary>
    public List<string> Query { get; } = [];

    public List<(string Name, string Value)> Headers { get; } = [];

    public byte[]? Body { get; set; }

    public string Target => Query.Count == 0 ? Path : $"{Path}?{string.Join('&', Query)}";

    /// <summary>Sets a header in place of any of its name.</summary>
    public void Set(string name, string value)
    {
        Headers.RemoveAll(header => header.Name == name);
        Headers.Add((name, value));
    }

    public override string ToString()
    {
        var text = new StringBuilder().Append(Method).Append(' ').AppendLine(Target);
        foreach (var (name, value) in Headers)
        {
            text.Append(name).Append(": ").AppendLine(value.Length > 200 ? value[..200] : value);
        }

        var body = Body is null ? "" : Encoding.UTF8.GetString(Body);
        return text.Append(body.Length > 600 ? $"{body[..600]} … {Body!.Length} bytes" : body).ToString();
    }
}

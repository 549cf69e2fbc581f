using System.Text;
using System.Text.Json.Nodes;
using SessionApi.Contract;

namespace SessionApi.Tests.Hostile;

/// <summary>
/// Hostile requests to one operation: first each field with each value of the corpus, then random mixtures. The fields come
/// from the operation table and the schemas of the contract, so that a new one is attacked without being named here.
/// </summary>
internal sealed class HostileRequests
{
    private static readonly string[] HeaderNames =
    [
        "If-Match", "If-None-Match", "Idempotency-Key", "Session-Consistency", "Session-Max-Authentication-Age", "Session-Min-Assurance-Level", "Session-Authentication-Methods", "traceparent", "tracestate", "Origin", "Cookie", "Content-Type",
        "Content-Encoding", "X-HTTP-Method-Override", "X-Original-URL", "X-Forwarded-For", "X-User-Id", "Accept", "Sec-Fetch-Site", "Session-Csrf",
    ];

    private const string Key = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "get", "BREW"];

    private readonly Operation _operation;
    private readonly Random _random;
    private readonly IReadOnlyList<string> _members;
    private readonly IReadOnlyList<string> _credentials;
    private readonly List<Action<HostileRequest>> _corpus = [];
    private readonly string _serviceKey;
    private readonly string _token;

    public HostileRequests(Operation operation, string serviceKey, string token, int seed)
    {
        _operation = operation;
        _serviceKey = serviceKey;
        _token = token;
        _random = new Random(seed);
        _credentials = HostileValues.Credentials(token, serviceKey);
        _members = Members(operation);
        foreach (var member in _members)
        {
            _corpus.AddRange(HostileValues.Json.Select(json => (Action<HostileRequest>)(request => SetMember(request, member, json))));
        }

        foreach (var parameter in operation.Query.Select(parameter => parameter.Name).Append("unknown"))
        {
            _corpus.AddRange(HostileValues.Segments.Select(value => (Action<HostileRequest>)(request => request.Query.Add($"{parameter}={value}"))));
        }

        foreach (var name in HeaderNames)
        {
            _corpus.AddRange(HostileValues.Texts.Select(value => (Action<HostileRequest>)(request => request.Set(name, value))));
        }

        _corpus.AddRange(HostileValues.Segments.Select(segment => (Action<HostileRequest>)(request => request.Path = AtSid(request.Path, segment))));
        _corpus.AddRange(_credentials.Select(credential => (Action<HostileRequest>)(request => request.Set("Authorization", credential))));
        _corpus.AddRange(Methods.Select(method => (Action<HostileRequest>)(request => request.Method = method)));
    }

    /// <summary>Gets the number of inputs of the corpus; later ones are random.</summary>
    public int CorpusSize => _corpus.Count;

    /// <summary>The request of a number.</summary>
    /// <param name="index">From 0 on.</param>
    /// <param name="sid">A session there is.</param>
    /// <param name="token">Its token.</param>
    public HostileRequest Next(int index, string sid, string token)
    {
        var request = Benign(sid, token);
        if (index < _corpus.Count)
        {
            _corpus[index](request);
            return request;
        }

        for (var i = _random.Next(1, 4); i > 0; i--)
        {
            Mutate(request);
        }

        return request;
    }

    private static IReadOnlyList<string> Members(Operation operation) =>
        operation.RequestSchema is { } schema && OpenApiDocument.Schemas()[schema]?["properties"] is JsonObject properties
            ? [.. properties.Select(property => property.Key), "unknown"]
            : ["unknown"];

    private static string AtSid(string path, string segment)
    {
        var parts = path.Split('/');
        var at = Array.FindIndex(parts, part => part == Key || part.StartsWith("ses_", StringComparison.Ordinal));
        parts[at < 0 ? parts.Length - 1 : at] = segment;
        return string.Join('/', parts);
    }

    private void SetMember(HostileRequest request, string member, string json)
    {
        if (_operation.IsOAuth)
        {
            var form = request.Body is null ? "" : Encoding.UTF8.GetString(request.Body) + "&";
            request.Body = Encoding.UTF8.GetBytes($"{form}{member}={(_random.Next(2) == 0 ? Uri.EscapeDataString(json) : json)}");
            request.Set("Content-Type", "application/x-www-form-urlencoded");
            return;
        }

        var body = request.Body is null ? "{}" : Encoding.UTF8.GetString(request.Body);
        var end = body.LastIndexOf('}');
        var before = end < 1 ? "{" : body[..end];
        var comma = before.TrimEnd().EndsWith('{') ? "" : ",";
        request.Body = Encoding.UTF8.GetBytes($"{before}{comma}\"{member}\":{json}}}");
        request.Set("Content-Type", "application/json");
    }

    private HostileRequest Benign(string sid, string token)
    {
        var request = new HostileRequest
        {
            Method = _operation.Methods[_random.Next(_operation.Methods.Count)],
            Path = $"{Operation.BasePath}/{_operation.Route.Replace("{sid}", sid, StringComparison.Ordinal).Replace("{key}", Key, StringComparison.Ordinal)}",
        };
        if (_operation.Access!.Kind is not CallerKind.Anyone)
        {
            request.Set("Authorization", "Bearer " + (_operation.Access.Kind is CallerKind.User ? token : _serviceKey));
        }

        request.Query.AddRange(_operation.Query.Where(parameter => parameter.IsRequired).Select(parameter => $"{parameter.Name}=alice"));
        return request;
    }

    private void Mutate(HostileRequest request)
    {
        switch (_random.Next(9))
        {
            case 0 or 1:
                SetMember(request, Pick(_members), _random.Next(3) == 0 ? $"\"{RandomText()}\"" : Pick(HostileValues.Json));
                break;
            case 2:
                request.Body = Mutated(request.Body ?? Encoding.UTF8.GetBytes(_operation.IsOAuth ? $"token={_token}&touch=true" : """{"userId":"alice","claims":{"a":[1,2]},"touch":true}"""));
                request.Set("Content-Type", _operation.IsOAuth ? "application/x-www-form-urlencoded" : "application/json");
                break;
            case 3:
                request.Headers.Add((Pick(HeaderNames), _random.Next(2) == 0 ? RandomText() : Pick(HostileValues.Texts)));
                break;
            case 4:
                var name = _operation.Query.Count > 0 && _random.Next(4) > 0 ? _operation.Query[_random.Next(_operation.Query.Count)].Name : Uri.EscapeDataString(RandomText());
                request.Query.Add($"{name}={(_random.Next(2) == 0 ? Pick(HostileValues.Segments) : Uri.EscapeDataString(RandomText()))}");
                break;
            case 5:
                request.Path = AtSid(request.Path, _random.Next(2) == 0 ? Pick(HostileValues.Segments) : Uri.EscapeDataString(RandomText()));
                break;
            case 6:
                request.Path = _random.Next(4) switch
                {
                    0 => request.Path.ToUpperInvariant(),
                    1 => request.Path.Replace("/v1", "//v1", StringComparison.Ordinal),
                    2 => request.Path + "/",
                    _ => request.Path.Replace("/v1/", "/v1/../v1/./", StringComparison.Ordinal),
                };
                break;
            case 7:
                request.Headers.Add(("Authorization", Pick(_credentials)));
                break;
            default:
                request.Method = Pick(Methods);
                break;
        }
    }

    private byte[] Mutated(byte[] body)
    {
        List<byte> bytes = [.. body];
        for (var i = _random.Next(1, 6); i > 0; i--)
        {
            var at = _random.Next(bytes.Count + 1);
            switch (_random.Next(4))
            {
                case 0 when at < bytes.Count:
                    bytes[at] = (byte)_random.Next(256);
                    break;
                case 1:
                    bytes.Insert(at, "{}[]\",:\\\0\u007f"u8[_random.Next(10)]);
                    break;
                case 2:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    bytes.InsertRange(at, bytes[..Math.Min(bytes.Count, 40)]);
                    break;
            }
        }

        return [.. bytes];
    }

    private string RandomText()
    {
        var text = new StringBuilder(HostileValues.Canary);
        for (var i = _random.Next(30); i > 0; i--)
        {
            text.Append((char)(_random.Next(3) == 0 ? _random.Next(1, 0xd800) : _random.Next(32, 127)));
        }

        return text.ToString();
    }

    private T Pick<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];
}

using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Operations;
using SessionCore;
using SessionCore.Caching;
using SessionCore.Protection;
using SessionCore.Tables;
using Support;
using Support.Caching;
using Support.Tables;
using Support.Time;

namespace SessionApi.Tests;

/// <summary>The whole API without a host: requests go to the dispatcher, the real core works on tables and a cache in memory.</summary>
public sealed class ApiFixture : IAsyncDisposable
{
    public const string AllScopes = "sessions.create,sessions.introspect,sessions.read,sessions.data,sessions.touch,sessions.revoke,sessions.keyed,sessions.events,sessions.endings,sessions.audit";

    private static readonly (Operation Operation, TemplateMatcher Matcher)[] Routes =
    [
        .. OperationTable.All
            .OrderBy(operation => operation.Route.Count(character => character == '{'))
            .Select(operation => (operation, new TemplateMatcher(TemplateParser.Parse("api/" + operation.Route), []))),
    ];

    private readonly ServiceProvider _services;

    public ApiFixture(
        IReadOnlyDictionary<string, string?>? settings = null,
        Action<IServiceCollection>? configure = null,
        bool withCache = true)
    {
        Tables = new CountingTable(new InMemoryTable("sessions", hook: operation => TableHook?.Invoke(operation) ?? ValueTask.CompletedTask));
        Cache = new InMemoryCache(Clock);
        Service = ServiceKey.New("service");
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(KeyEntry(0, Service, AllScopes, Clock.GetUtcNow() + TimeSpan.FromDays(60)))
            .AddInMemoryCollection(settings ?? new Dictionary<string, string?>())
            .Build();
        var services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(Logs).SetMinimumLevel(LogLevel.Debug))
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton(new SessionTables(Tables, new InMemoryTable("due", hook: operation => DueHook?.Invoke(operation) ?? ValueTask.CompletedTask)))
            .AddSessionCore()
            .Configure<KeyRingOptions>(options => options.Ring.Add(Ring[0]))
            .AddSessionApi();
        services.AddOptions<CacheOptions>().BindConfiguration(CacheOptions.SectionName);
        if (withCache)
        {
            services.AddSingleton<ICache>(Cache);
        }

        configure?.Invoke(services);
        _services = services.BuildServiceProvider(validateScopes: true);
    }

    /// <summary>Gets the clock, which stands until a test moves it.</summary>
    public ManualTimeProvider Clock { get; } = new();

    /// <summary>Gets a key with every scope but the operators'.</summary>
    public ServiceKey Service { get; }

    public CountingTable Tables { get; }

    public InMemoryCache Cache { get; }

    public CapturedLog Logs { get; } = new();

    public IServiceProvider Services => _services;

    /// <summary>Gets or sets what happens at each operation of the sessions table.</summary>
    public Func<TableOperation, ValueTask>? TableHook { get; set; }

    /// <summary>Gets or sets what happens at each operation of the due table.</summary>
    public Func<TableOperation, ValueTask>? DueHook { get; set; }

    private static IReadOnlyList<KeyOptions> Ring { get; } = KeyRing.Random();

    /// <summary>The configuration of a service key.</summary>
    public static IReadOnlyDictionary<string, string?> KeyEntry(int index, ServiceKey key, string scopes, DateTimeOffset expiresAt, string? client = null)
    {
        var path = $"ServiceKeys:{index}";
        var entry = new Dictionary<string, string?>
        {
            [$"{path}:Id"] = key.Id,
            [$"{path}:Hash"] = key.Hash,
            [$"{path}:Client"] = client,
            [$"{path}:ExpiresAt"] = expiresAt.ToString("O", CultureInfo.InvariantCulture),
        };
        foreach (var (i, scope) in scopes.Split(',').Index())
        {
            entry[$"{path}:Scopes:{i}"] = scope;
        }

        return entry;
    }

    /// <summary>Sends a request as the service.</summary>
    public Task<ApiAnswer> SendAsync(string method, string target, string? json = null, params (string Name, string Value)[] headers) =>
        SendRawAsync(method, target, json, [("Authorization", "Bearer " + Service.Reveal()), .. headers]);

    /// <summary>Sends a request as the user of a token.</summary>
    public Task<ApiAnswer> SendAsUserAsync(
        string token, string method, string target, string? json = null, params (string Name, string Value)[] headers) =>
        SendRawAsync(method, target, json, [("Authorization", "Bearer " + token), .. headers]);

    /// <summary>Sends a request with exactly these headers, and the JSON content type when there is a body and no other is given.</summary>
    public Task<ApiAnswer> SendRawAsync(string method, string target, string? json, params (string Name, string Value)[] headers)
    {
        var body = json is null ? null : Encoding.UTF8.GetBytes(json);
        var hasType = headers.Any(header => header.Name == "Content-Type");
        return SendBytesAsync(method, target, body, body is null || hasType ? headers : [("Content-Type", "application/json"), .. headers]);
    }

    /// <summary>Sends a request whose body is any bytes.</summary>
    public async Task<ApiAnswer> SendBytesAsync(string method, string target, byte[]? body, params (string Name, string Value)[] headers)
    {
        var context = NewContext(method, target, headers);
        using var sent = new MemoryStream(body ?? []);
        using var answered = new MemoryStream();
        context.Request.Body = sent;
        context.Request.ContentLength = body?.Length;
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(answered));
        await RunAsync(context);
        await context.Response.BodyWriter.FlushAsync();
        return new ApiAnswer(
            context.Response.StatusCode,
            context.Response.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            Encoding.UTF8.GetString(answered.ToArray()));
    }

    /// <summary>Finds the operation of a method and path, as hosts route it.</summary>
    public static Operation? Route(string method, PathString path, RouteValueDictionary values)
    {
        foreach (var (operation, matcher) in Routes)
        {
            values.Clear();
            if (operation.Methods.Contains(method) && matcher.TryMatch(path, values))
            {
                return operation;
            }
        }

        return null;
    }

    /// <summary>Runs a request made by the test itself, routed as hosts route it.</summary>
    public Task RunAsync(HttpContext context)
    {
        var dispatcher = _services.GetRequiredService<Dispatcher>();
        var values = new RouteValueDictionary();
        if (Route(context.Request.Method, context.Request.Path, values) is not { } operation)
        {
            return dispatcher.RunUnmatchedAsync(context);
        }

        context.Request.RouteValues = values;
        return dispatcher.RunAsync(operation.Name, context);
    }

    public DefaultHttpContext NewContext(string method, string target, params (string Name, string Value)[] headers)
    {
        var context = new DefaultHttpContext { RequestServices = _services };
        var question = target.IndexOf('?', StringComparison.Ordinal);
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = target;
        context.Request.Method = method;
        context.Request.Scheme = "https";
        context.Request.Host = new HostString("sessions.example");
        context.Request.Path = new PathString(Uri.UnescapeDataString(question < 0 ? target : target[..question]));
        context.Request.QueryString = new QueryString(question < 0 ? null : target[question..]);
        context.Connection.RemoteIpAddress = IPAddress.Parse("192.0.2.1");
        foreach (var group in headers.GroupBy(header => header.Name, header => header.Value))
        {
            context.Request.Headers[group.Key] = group.ToArray();
        }

        return context;
    }

    /// <summary>Creates a session over the API.</summary>
    public async Task<(string Sid, string Token)> CreateAsync(string json = """{"userId":"alice"}""")
    {
        var answer = await SendAsync("POST", "/api/v1/sessions", json);
        Assert.True(answer.Status == StatusCodes.Status201Created, answer.Body);
        return (answer.Text("sid"), answer.Text("token"));
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

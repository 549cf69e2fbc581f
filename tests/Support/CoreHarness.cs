using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SessionCore;
using SessionCore.Caching;
using SessionCore.Events;
using SessionCore.Incidents;
using SessionCore.Maintenance;
using SessionCore.Operations;
using SessionCore.Protection;
using SessionCore.Sessions;
using SessionCore.Tables;

namespace Support;

/// <summary>The real core, composed as a host does it, over tables and a cache of a test's choosing. One harness is one instance.</summary>
public sealed class CoreHarness : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    /// <summary>Composes the core.</summary>
    /// <param name="tables">The two tables.</param>
    /// <param name="cache">The cache; null for none.</param>
    /// <param name="time">The clock.</param>
    /// <param name="keys">The ring, so that several instances can share it; null for one of its own.</param>
    /// <param name="settings">Further configuration, such as <c>Sessions:MaxSessionsPerUser</c>.</param>
    /// <param name="targets">Who receives events; none is on without <c>Events:Enabled</c>.</param>
    public CoreHarness(
        SessionTables tables,
        ICache? cache,
        TimeProvider time,
        IReadOnlyList<KeyOptions>? keys = null,
        IReadOnlyDictionary<string, string?>? settings = null,
        params IReadOnlyList<IEventTarget> targets)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings ?? new Dictionary<string, string?>()).Build();
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton(time)
            .AddSingleton(tables)
            .AddSessionCore()
            .AddSessionMaintenance()
            .Configure<KeyRingOptions>(options =>
            {
                foreach (var key in keys ?? KeyRing.Random())
                {
                    options.Ring.Add(key);
                }
            });
        services.AddOptions<CacheOptions>().BindConfiguration(CacheOptions.SectionName);
        services.AddSingleton(targets).AddSessionEvents().AddSessionIncidents();

        if (cache is not null)
        {
            services.AddSingleton(cache);
        }

        _services = services.BuildServiceProvider(validateScopes: true);
        Time = time;
    }

    /// <summary>Gets the clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>Gets the core's one way in.</summary>
    public SessionService Sessions => _services.GetRequiredService<SessionService>();

    /// <summary>Gets what keeps the store clean.</summary>
    public SessionMaintenance Maintenance => _services.GetRequiredService<SessionMaintenance>();

    /// <summary>Gets the jobs of operators.</summary>
    public SessionJobs Jobs => _services.GetRequiredService<SessionJobs>();

    /// <summary>Gets what delivers events.</summary>
    public EventPump Events => _services.GetRequiredService<EventPump>();

    /// <summary>Gets the ring tokens are read with.</summary>
    public KeyRing Keys => _services.GetRequiredService<KeyRing>();

    /// <summary>Gets what is registered, for tests of parts.</summary>
    public IServiceProvider Services => _services;

    /// <summary>Creates a session.</summary>
    public async Task<(SessionId Id, string Token)> CreateAsync(string? userId = "alice", string? data = null)
    {
        var wish = new NewSession { UserId = userId, DataJson = data is null ? default : Encoding.UTF8.GetBytes(data) };
        var creation = await Sessions.CreateAsync(wish, key: null, CancellationToken.None);
        return creation is { Outcome: CreationOutcome.Created, Token: { } token, Session.Live: { } live }
            ? (live.Id, token.Reveal())
            : throw new InvalidOperationException($"The session was not created: {creation.Outcome} {creation.Fault}");
    }

    /// <summary>The key that a client makes of a name, as adapters do.</summary>
    public static SessionKey KeyOf(string name, string client = "web") =>
        SessionKey.TryParse(client, Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(name))), out var key)
            ? key
            : throw new InvalidOperationException("A digest is always a key.");

    /// <summary>Saves data under a key.</summary>
    public Task<KeyedChange> SaveAsync(SessionKey key, string data = "{}", string? userId = null, VersionCondition? condition = null) =>
        Sessions.Keyed.SaveAsync(key, new NewSession { UserId = userId, DataJson = Encoding.UTF8.GetBytes(data) }, condition, CancellationToken.None);

    /// <summary>Finds the data of a key; null when it has no live session.</summary>
    public async Task<string?> FindDataAsync(SessionKey key, ReadConsistency consistency = default) =>
        (await Sessions.Keyed.FindAsync(key, consistency, CancellationToken.None)).Live is { } live ? Encoding.UTF8.GetString(live.DataJson) : null;

    /// <summary>Looks at the session of a token, as introspection does.</summary>
    public ValueTask<SessionReading> ValidateAsync(string token, ReadConsistency consistency = default) =>
        SessionToken.Read(token, Keys, out var read) is TokenVerdict.Genuine
            ? Sessions.ValidateAsync(read, consistency, CancellationToken.None)
            : ValueTask.FromResult(default(SessionReading));

    /// <summary>Whether the token is accepted.</summary>
    public async Task<bool> IsAcceptedAsync(string token, ReadConsistency consistency = default) =>
        (await ValidateAsync(token, consistency)).Live is not null;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

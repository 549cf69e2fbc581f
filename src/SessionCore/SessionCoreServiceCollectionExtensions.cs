using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionCore.Caching;
using SessionCore.Configuration;
using SessionCore.Operations;
using SessionCore.Protection;
using SessionCore.Sessions;
using SessionCore.Storage;

namespace SessionCore;

/// <summary>Registers the core. A host calls this once; nothing is contacted before the first request.</summary>
public static class SessionCoreServiceCollectionExtensions
{
    /// <summary>Adds <see cref="SessionService"/> and what is behind it. Tables and cache are registered by their own extensions, or by the host.</summary>
    public static IServiceCollection AddSessionCore(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddConfiguredOptions<SessionPolicyOptions, SessionPolicyOptionsValidator>(SessionPolicyOptions.SectionName);
        services.AddConfiguredOptions<KeyRingOptions, KeyRingOptionsValidator>(KeyRingOptions.SectionName);
        services.AddConfiguredOptions<EventOptions, EventOptionsValidator>(EventOptions.SectionName);
        services.AddConfiguredOptions<AuditOptions, AuditOptionsValidator>(AuditOptions.SectionName);
        services.AddSingleton<IValidateOptions<AuditOptions>, AuditNeedsEventsRule>();
        services.AddConfiguredOptions<WaitOptions, WaitOptionsValidator>(WaitOptions.SectionName);
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton<SessionMetrics>();
        services.AddSingleton<KeyRing>();
        services.AddSingleton<BodyProtector>();
        services.AddSingleton<CacheSealer>();
        services.AddSingleton<SuspectSessions>();
        services.AddSingleton<UnknownSessions>();
        services.AddSingleton<LocalSessions>();
        services.AddSingleton<TokenVerdicts>();
        services.AddSingleton<RepeatedEvents>();
        services.AddSingleton<KeyedLock>();
        services.AddSingleton<SessionPolicy>();
        services.AddSingleton<TokenMatcher>();
        services.AddSingleton(provider => new SessionChanges(
            provider.GetService<IChangeChannel>(),
            provider.GetRequiredService<IOptions<WaitOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new SessionCache(
            provider.GetService<ICache>() ?? NoCache.Instance,
            provider.GetRequiredService<CacheSealer>(),
            provider.GetRequiredService<SuspectSessions>(),
            provider.GetRequiredService<LocalSessions>(),
            provider.GetRequiredService<SessionChanges>(),
            provider.GetRequiredService<SessionMetrics>(),
            provider.GetRequiredService<RepeatedEvents>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IOptions<CacheOptions>>(),
            provider.GetRequiredService<ILogger<SessionCache>>()));
        services.AddSingleton(provider => new UserSessionsCache(
            provider.GetService<ICache>() ?? NoCache.Instance,
            provider.GetRequiredService<CacheSealer>(),
            provider.GetRequiredService<SuspectSessions>(),
            provider.GetRequiredService<SessionMetrics>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IOptions<CacheOptions>>()));
        services.AddSingleton(provider => new KeyHints(
            provider.GetService<ICache>() ?? NoCache.Instance, provider.GetRequiredService<SessionMetrics>()));
        services.AddSingleton<RowTags>();
        services.AddSingleton<Outbox>();
        services.AddSingleton<DeploymentTable>();
        services.AddSingleton<DeploymentKeys>();
        services.AddSingleton<GenuineRows>();
        services.AddSingleton<LiveDelta>();
        services.AddSingleton<SessionTable>();
        services.AddSingleton<UserRowsReader>();
        services.AddSingleton<KeyTable>();
        services.AddSingleton<DueTable>();
        services.AddSingleton<IdempotencyClaims>();
        services.AddSingleton<AuditChain>();
        services.AddSingleton<AuditTrim>();
        services.AddSingleton(provider => new OperatorTrail(provider.GetRequiredService<AuditChain>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<RevocationEpoch>();
        services.AddSingleton<TombstoneRetry>();
        services.AddSingleton<SessionReader>();
        services.AddSingleton<SessionWriter>();
        services.AddSingleton<SessionRevocation>();
        services.AddSingleton<NewSessionPolicy>();
        services.AddSingleton<SessionRoom>();
        services.AddSingleton<SessionCreation>();
        services.AddSingleton<SessionValidation>();
        services.AddSingleton<SessionActivity>();
        services.AddSingleton<SessionDataWriter>();
        services.AddSingleton<SessionExpiry>();
        services.AddSingleton<SessionMover>();
        services.AddSingleton<SessionUpgrade>();
        services.AddSingleton<SessionRotation>();
        services.AddSingleton<UserSessions>();
        services.AddSingleton<KeyedReader>();
        services.AddSingleton<KeyedWriter>();
        services.AddSingleton<KeyedCreation>();
        services.AddSingleton(provider => new KeyedSessions(
            provider.GetRequiredService<KeyedReader>(),
            provider.GetRequiredService<KeyedWriter>(),
            provider.GetRequiredService<KeyedCreation>(),
            provider.GetRequiredService<NewSessionPolicy>(),
            provider.GetRequiredService<SessionActivity>(),
            provider.GetRequiredService<SessionRevocation>(),
            provider.GetRequiredService<SessionTable>(),
            provider.GetRequiredService<KeyTable>(),
            provider.GetRequiredService<KeyHints>(),
            provider.GetRequiredService<RevocationEpoch>(),
            provider.GetRequiredService<SessionCache>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new SessionService(
            provider.GetRequiredService<SessionCreation>(),
            provider.GetRequiredService<SessionReader>(),
            provider.GetRequiredService<SessionValidation>(),
            provider.GetRequiredService<SessionActivity>(),
            provider.GetRequiredService<SessionDataWriter>(),
            provider.GetRequiredService<SessionExpiry>(),
            provider.GetRequiredService<SessionRotation>(),
            provider.GetRequiredService<SessionRevocation>(),
            provider.GetRequiredService<UserSessions>(),
            provider.GetRequiredService<KeyedSessions>(),
            provider.GetRequiredService<RevocationEpoch>(),
            provider.GetRequiredService<DeploymentKeys>(),
            provider.GetRequiredService<SessionCache>(),
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}

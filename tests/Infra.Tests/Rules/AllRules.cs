namespace Infra.Tests.Rules;

/// <summary>Every rule by its name; each has planted faults in <see cref="PlantedFaultTests"/>.</summary>
internal static class AllRules
{
    public static IReadOnlyDictionary<string, Rule> ByName { get; } = new Dictionary<string, Rule>(StringComparer.Ordinal)
    {
        [nameof(ShapeRules.Compiles)] = ShapeRules.Compiles,
        [nameof(ShapeRules.VersionsArePinned)] = ShapeRules.VersionsArePinned,
        [nameof(ShapeRules.EverythingIsDescribed)] = ShapeRules.EverythingIsDescribed,
        [nameof(ShapeRules.ParametersAreBounded)] = ShapeRules.ParametersAreBounded,
        [nameof(TransportRules.HttpsOnly)] = TransportRules.HttpsOnly,
        [nameof(TransportRules.TlsFloor)] = TransportRules.TlsFloor,
        [nameof(TransportRules.FtpOff)] = TransportRules.FtpOff,
        [nameof(TransportRules.RemoteDebuggingOff)] = TransportRules.RemoteDebuggingOff,
        [nameof(TransportRules.PrivateMeansClosed)] = TransportRules.PrivateMeansClosed,
        [nameof(CredentialRules.NoSharedKeys)] = CredentialRules.NoSharedKeys,
        [nameof(CredentialRules.NoRedisAccessKeys)] = CredentialRules.NoRedisAccessKeys,
        [nameof(CredentialRules.NoPublicBlobs)] = CredentialRules.NoPublicBlobs,
        [nameof(CredentialRules.IdentityOnly)] = CredentialRules.IdentityOnly,
        [nameof(CredentialRules.SecretSettingsAreReferences)] = CredentialRules.SecretSettingsAreReferences,
        [nameof(CredentialRules.NoSecretOutputs)] = CredentialRules.NoSecretOutputs,
        [nameof(CredentialRules.NoSecretParameters)] = CredentialRules.NoSecretParameters,
        [nameof(VaultRules.KeysCannotBeDestroyed)] = VaultRules.KeysCannotBeDestroyed,
        [nameof(VaultRules.RolesOnly)] = VaultRules.RolesOnly,
        [nameof(RoleRules.EqualTheAllowList)] = RoleRules.EqualTheAllowList,
        [nameof(RoleRules.RedisIsForTheAppAlone)] = RoleRules.RedisIsForTheAppAlone,
        [nameof(DiagnosticRules.EverythingReports)] = DiagnosticRules.EverythingReports,
        [nameof(AlertRules.AreSet)] = AlertRules.AreSet,
        [nameof(AppSettings.AreComplete)] = AppSettings.AreComplete,
    };
}

using Infra.Tests.Bicep;
using Infra.Tests.Rules;

namespace Infra.Tests;

[Collection(SharedCompiler.Name)]
public sealed class HardeningTests(BicepCompiler compiler)
{
    [Fact]
    public void The_compiler_and_its_linter_find_no_fault() => Holds(ShapeRules.Compiles);

    [Fact]
    public void Every_resource_version_is_pinned_and_stable() => Holds(ShapeRules.VersionsArePinned);

    [Fact]
    public void Every_parameter_output_and_type_has_a_description() => Holds(ShapeRules.EverythingIsDescribed);

    [Fact]
    public void Every_parameter_has_a_default_and_every_number_a_range() => Holds(ShapeRules.ParametersAreBounded);

    [Fact]
    public void Everything_is_reached_over_https_or_tls_only() => Holds(TransportRules.HttpsOnly);

    [Fact]
    public void Tls_below_1_2_is_refused() => Holds(TransportRules.TlsFloor);

    [Fact]
    public void Ftp_and_publishing_passwords_are_off() => Holds(TransportRules.FtpOff);

    [Fact]
    public void Remote_debugging_is_off() => Holds(TransportRules.RemoteDebuggingOff);

    [Fact]
    public void Private_networking_closes_every_store_to_the_internet() => Holds(TransportRules.PrivateMeansClosed);

    [Fact]
    public void Shared_keys_and_local_authentication_are_off() => Holds(CredentialRules.NoSharedKeys);

    [Fact]
    public void Redis_access_keys_are_off() => Holds(CredentialRules.NoRedisAccessKeys);

    [Fact]
    public void No_blob_is_public() => Holds(CredentialRules.NoPublicBlobs);

    [Fact]
    public void Identity_is_the_only_credential() => Holds(CredentialRules.IdentityOnly);

    [Fact]
    public void A_secret_setting_is_a_vault_reference() => Holds(CredentialRules.SecretSettingsAreReferences);

    [Fact]
    public void No_output_gives_a_secret_away() => Holds(CredentialRules.NoSecretOutputs);

    [Fact]
    public void No_parameter_carries_a_secret() => Holds(CredentialRules.NoSecretParameters);

    [Fact]
    public void Keys_in_the_vault_cannot_be_destroyed() => Holds(VaultRules.KeysCannotBeDestroyed);

    [Fact]
    public void The_vault_is_opened_by_roles_only() => Holds(VaultRules.RolesOnly);

    [Fact]
    public void Roles_equal_the_allow_list() => Holds(RoleRules.EqualTheAllowList);

    [Fact]
    public void Only_the_app_reaches_redis() => Holds(RoleRules.RedisIsForTheAppAlone);

    [Fact]
    public void Every_resource_that_can_report_does() => Holds(DiagnosticRules.EverythingReports);

    [Fact]
    public void Every_alert_is_set_and_tells_somebody() => Holds(AlertRules.AreSet);

    [Fact]
    public void The_app_is_given_every_setting_it_reads_and_no_other() => Holds(AppSettings.AreComplete);

    private void Holds(Rule rule) => Assert.Empty(rule(compiler.Sound));
}

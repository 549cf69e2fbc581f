using Dev.Setup;

namespace Repository.Tests.Commands;

public sealed class ConsentTests
{
    [Theory]
    [InlineData(false, null, true, nameof(Consent.Unknown))]
    [InlineData(false, null, false, nameof(Consent.Refused))]
    [InlineData(false, "", false, nameof(Consent.Refused))]
    [InlineData(false, "false", true, nameof(Consent.Unknown))]
    [InlineData(false, "true", true, nameof(Consent.Given))]
    [InlineData(false, "1", false, nameof(Consent.Given))]
    [InlineData(true, null, true, nameof(Consent.Given))]
    [InlineData(true, null, false, nameof(Consent.Given))]
    public void A_system_package_is_installed_unasked_only_with_yes_or_in_CI(bool mayInstall, string? ci, bool hasTerminal, string consent) =>
        Assert.Equal(consent, SystemPackage.ConsentOf(mayInstall, ci, hasTerminal).ToString());
}

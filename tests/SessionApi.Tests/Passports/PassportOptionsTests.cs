using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using static SessionApi.Tests.Passports.PassportSetup;

namespace SessionApi.Tests.Passports;

public sealed class PassportOptionsTests
{
    [Fact]
    public async Task The_settings_of_the_tests_are_valid()
    {
        await using var api = new ApiFixture(Settings());

        api.Services.GetRequiredService<IStartupValidator>().Validate();
    }

    [Theory]
    [InlineData("Passports:Lifetime", "00:00:30", true)]
    [InlineData("Passports:Lifetime", "00:00:29", false)]
    [InlineData("Passports:Lifetime", "00:10:00", true)]
    [InlineData("Passports:Lifetime", "00:10:01", false)]
    [InlineData("Passports:Issuer", "http://localhost:5000/api", true)]
    [InlineData("Passports:Issuer", "http://sessions.example.com", false)]
    [InlineData("Passports:Issuer", "sessions", false)]
    [InlineData("Passports:Issuer", "https://sessions.example.com/?a=b", false)]
    [InlineData("Passports:Issuer", "", false)]
    [InlineData("Passports:Audiences:0:Name", "api://orders", true)]
    [InlineData("Passports:Audiences:0:Name", "my orders", false)]
    [InlineData("Passports:Audiences:0:Name", "a\"b", false)]
    [InlineData("Passports:Audiences:0:Name", "", false)]
    [InlineData("Passports:Audiences:0:Name", "billing", false)] // twice
    [InlineData("Passports:Audiences:0:Clients:0", "", false)]
    [InlineData("Passports:Keys:0:State", "Read", false)] // none signs
    [InlineData("Passports:Keys:0:Key", "AAAA", false)]
    [InlineData("Passports:Keys:0:Key", "", false)]
    [InlineData("Events:Log:Enabled", "false", false)]
    [InlineData("Events:Log:Retention", "00:20:00", true)]
    [InlineData("Events:Log:Retention", "00:19:59", false)]
    public async Task An_option_is_within_its_range(string name, string value, bool isValid)
    {
        await using var api = new ApiFixture(Settings((name, value)));
        var validator = api.Services.GetRequiredService<IStartupValidator>();
        if (isValid)
        {
            validator.Validate();
            return;
        }

        var fault = Assert.Throws<OptionsValidationException>(validator.Validate);
        Assert.Contains(string.Join(':', name.Split(':')[..2]), Assert.Single(fault.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_on_another_curve_is_refused_and_not_repeated()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var text = Convert.ToBase64String(other.ExportPkcs8PrivateKey());

        var fault = Assert.Single(await FaultsAsync(("Passports:Keys:0:Key", text)));

        Assert.StartsWith("Passports:Keys:0:Key must be a private key on the curve P-256", fault, StringComparison.Ordinal);
        Assert.DoesNotContain(text[..16], fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_active_keys_and_the_same_key_twice_are_refused()
    {
        Assert.Contains("exactly one", Assert.Single(await FaultsAsync(("Passports:Keys:1:Key", SecondKey), ("Passports:Keys:1:State", "Active"))), StringComparison.Ordinal);
        Assert.Contains("twice", Assert.Single(await FaultsAsync(("Passports:Keys:1:Key", FirstKey))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_faults_are_told_at_once()
    {
        await using var api = new ApiFixture(new Dictionary<string, string?> { ["Passports:Enabled"] = "true", ["Passports:Lifetime"] = "1.00:00:00" });

        var faults = Assert.Throws<OptionsValidationException>(api.Services.GetRequiredService<IStartupValidator>().Validate).Failures.ToList();

        Assert.Equal(5, faults.Count);
        Assert.All(
            ["Passports:Lifetime", "Passports:Issuer", "Passports:Audiences", "Passports:Keys", "Events:Enabled"],
            option => Assert.Contains(faults, fault => fault.Contains(option, StringComparison.Ordinal)));
    }

    private static async Task<IEnumerable<string>> FaultsAsync(params (string Name, string? Value)[] settings)
    {
        await using var api = new ApiFixture(Settings(settings));
        return Assert.Throws<OptionsValidationException>(api.Services.GetRequiredService<IStartupValidator>().Validate).Failures;
    }
}

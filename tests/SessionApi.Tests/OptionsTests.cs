using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace SessionApi.Tests;

public sealed class OptionsTests
{
    [Fact]
    public async Task The_defaults_are_valid()
    {
        await using var api = new ApiFixture();
        api.Services.GetRequiredService<IStartupValidator>().Validate();
    }

    [Theory]
    [InlineData("RateLimit:Failures", "1", true)]
    [InlineData("RateLimit:Failures", "0", false)]
    [InlineData("RateLimit:Failures", "1000000", true)]
    [InlineData("RateLimit:Failures", "1000001", false)]
    [InlineData("RateLimit:FailureWindow", "00:00:01", true)]
    [InlineData("RateLimit:FailureWindow", "00:00:00.999", false)]
    [InlineData("RateLimit:FailureWindow", "01:00:00", true)]
    [InlineData("RateLimit:FailureWindow", "01:00:01", false)]
    [InlineData("RateLimit:RequestsPerSecond", "0", true)]
    [InlineData("RateLimit:RequestsPerSecond", "-1", false)]
    [InlineData("RateLimit:RequestsPerSecond", "1000000", true)]
    [InlineData("RateLimit:RequestsPerSecond", "1000001", false)]
    [InlineData("RateLimit:Burst", "0", false)]
    [InlineData("RateLimit:Burst", "1", true)]
    [InlineData("RateLimit:Burst", "1000001", false)]
    [InlineData("Proxies:Trusted:0", "10.0.0.0/8", true)]
    [InlineData("Proxies:Trusted:0", "::1", true)]
    [InlineData("Proxies:Trusted:0", "proxy.example", false)]
    [InlineData("Proxies:Trusted:0", "10.0.0.0/33", false)]
    [InlineData("RateLimit:ClientAddressHeader", "X-Azure-SocketIP", true)]
    [InlineData("RateLimit:ClientAddressHeader", "X Azure", false)]
    [InlineData("RateLimit:ClientAddressHeader", "a:b", false)]
    [InlineData("Cookies:SameSite", "Strict", true)]
    [InlineData("Cookies:SameSite", "2", false)]
    [InlineData("Entra:TenantId", "common", false)]
    [InlineData("Entra:TenantId", "", true)]
    public async Task An_option_is_within_its_range(string name, string value, bool isValid)
    {
        await using var api = new ApiFixture(new Dictionary<string, string?> { [name] = value, ["Entra:Audiences:0"] = "api://sessions" });
        var validator = api.Services.GetRequiredService<IStartupValidator>();
        if (isValid)
        {
            validator.Validate();
            return;
        }

        var fault = Assert.Throws<OptionsValidationException>(validator.Validate);
        Assert.Contains(name.Split(':')[1], Assert.Single(fault.Failures), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Entra:Instance", "http://login.microsoftonline.com", "Entra:Instance must be an https address")]
    [InlineData("Entra:Instance", "login", "Entra:Instance must be an https address")]
    [InlineData("Entra:Audiences:0", null, "Entra:Audiences is empty")]
    [InlineData("Entra:RoleScopes:Sessions.Admin:0", "all", "Entra:RoleScopes:Sessions.Admin names 'all'")]
    public async Task A_tenant_needs_all_it_needs(string name, string? value, string line)
    {
        var settings = new Dictionary<string, string?> { ["Entra:TenantId"] = "11111111-2222-3333-4444-555555555555", ["Entra:Audiences:0"] = "a" };
        settings[name] = value;
        if (value is null)
        {
            settings.Remove(name);
        }

        await using var api = new ApiFixture(settings);
        var fault = Assert.Throws<OptionsValidationException>(() => api.Services.GetRequiredService<IStartupValidator>().Validate());
        Assert.Contains(line, Assert.Single(fault.Failures), StringComparison.Ordinal);
    }
}

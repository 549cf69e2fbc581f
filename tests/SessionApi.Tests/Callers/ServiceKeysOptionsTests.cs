using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SessionApi.Callers;

namespace SessionApi.Tests.Callers;

public sealed class ServiceKeysOptionsTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Id", "", "ServiceKeys:1:Id must be 1 to 32 of a-z, 0-9 and hyphen.")]
    [InlineData("Id", "A_b", "ServiceKeys:1:Id must be 1 to 32 of a-z, 0-9 and hyphen.")]
    [InlineData("Id", "service", "ServiceKeys has 2 keys of the Id 'service'; give each an Id of its own.")]
    [InlineData("Hash", "", "ServiceKeys:1:Hash must be the SHA-256 of the key's secret part in 64 lower-case hex digits.")]
    [InlineData("Hash", "AA", "ServiceKeys:1:Hash must be the SHA-256 of the key's secret part in 64 lower-case hex digits.")]
    [InlineData("Client", "team:web", "ServiceKeys:1:Client must be at most 64 of A-Z, a-z, 0-9, dot, hyphen and underscore.")]
    [InlineData("Client", "01234567890123456789012345678901234567890123456789012345678901234", "ServiceKeys:1:Client must be at most 64 of A-Z")]
    [InlineData("Scopes:0", "sessions.all", "ServiceKeys:1:Scopes names 'sessions.all', which does not exist; valid: sessions.create")]
    [InlineData("ExpiresAt", null, "ServiceKeys:1:ExpiresAt is missing")]
    [InlineData("ExpiresAt", "2030-04-01T12:00:01Z", "ServiceKeys:1:ExpiresAt is more than 90 days ahead")]
    public async Task A_key_that_is_not_fit_is_told_in_one_line(string member, string? value, string line)
    {
        var settings = new Dictionary<string, string?>(ApiFixture.KeyEntry(1, ServiceKey.New("other"), "sessions.read", Now)) { [$"ServiceKeys:1:{member}"] = value };
        await using var api = new ApiFixture(settings);

        var fault = Assert.Throws<OptionsValidationException>(() => api.Services.GetRequiredService<IStartupValidator>().Validate());

        Assert.StartsWith(line, Assert.Single(fault.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_may_live_for_90_days_and_an_expired_one_stay_in_the_list()
    {
        var settings = ApiFixture.KeyEntry(1, ServiceKey.New("longest"), "sessions.read", Now + TimeSpan.FromDays(90))
            .Concat(ApiFixture.KeyEntry(2, ServiceKey.New("old"), "sessions.read", Now - TimeSpan.FromDays(400)));
        await using var api = new ApiFixture(new Dictionary<string, string?>(settings));

        api.Services.GetRequiredService<IStartupValidator>().Validate();

        Assert.Equal(3, api.Services.GetRequiredService<IOptions<ServiceKeysOptions>>().Value.Keys.Count);
    }

    [Fact]
    public async Task A_client_has_at_most_two_live_keys()
    {
        var settings = Enumerable.Range(1, 4).SelectMany(index => ApiFixture.KeyEntry(
            index, ServiceKey.New($"k{index}"), "sessions.read", Now + TimeSpan.FromDays(index == 4 ? -1 : 1), client: "web"));
        await using var api = new ApiFixture(new Dictionary<string, string?>(settings));

        var fault = Assert.Throws<OptionsValidationException>(() => api.Services.GetRequiredService<IStartupValidator>().Validate());

        Assert.StartsWith("ServiceKeys has 3 live keys of the client 'web'", Assert.Single(fault.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_redacts_itself_and_its_hash_says_nothing_of_it()
    {
        var key = ServiceKey.New("web-1");
        Assert.Matches("^ssk_web-1_[A-Za-z0-9_-]{43}[0-9A-Za-z]{6}$", key.Reveal());
        Assert.Equal("ssk_web-1_(redacted)", key.ToString());
        Assert.Matches("^[0-9a-f]{64}$", key.Hash);
        Assert.NotEqual(key.Reveal(), ServiceKey.New("web-1").Reveal());
        Assert.Throws<ArgumentException>(() => ServiceKey.New("Web_1"));
    }
}

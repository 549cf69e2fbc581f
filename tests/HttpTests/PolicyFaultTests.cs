using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Support.Http;

namespace HttpTests;

/// <summary>A lifetime beyond the policy is refused with the longest one, which a client may then ask for.</summary>
public sealed class PolicyFaultTests(RunningHost host) : HttpSuite(host)
{
    [Theory]
    [InlineData("idleTimeoutSeconds")]
    [InlineData("absoluteLifetimeSeconds")]
    public async Task A_lifetime_beyond_the_policy_is_refused_with_the_longest(string member)
    {
        var key = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        foreach (var (method, path) in new[] { ("POST", "/v1/sessions"), ("PUT", "/v1/keyed-sessions/" + key), ("PUT", "/v1/keyed-sessions/" + key) })
        {
            var data = method == "PUT" ? "\"data\":{}," : "";
            var refused = await Api.ServiceAsync(method, path, $$"""{{{data}}"{{member}}":300000000}""");
            var maximum = MaximumIn(refused, member);

            var accepted = await Api.ServiceAsync(method, path, string.Create(CultureInfo.InvariantCulture, $$"""{{{data}}"{{member}}":{{maximum}}}"""));

            Assert.True(accepted.Status is HttpStatusCode.Created or HttpStatusCode.OK, accepted.Text);
        }
    }

    [Theory]
    [InlineData("idleTimeoutSeconds")]
    [InlineData("expiresInSeconds")]
    public async Task An_expiry_beyond_the_policy_is_refused_with_the_longest(string member)
    {
        var sid = (await Api.ServiceAsync("POST", "/v1/sessions", "{}")).TextOf("sid");
        var path = $"/v1/sessions/{sid}/expiry";
        var maximum = MaximumIn(await Api.ServiceAsync("PUT", path, $$"""{"{{member}}":300000000}"""), member);

        // A second may pass in between, so less than the rest of the lifetime.
        var accepted = await Api.ServiceAsync("PUT", path, string.Create(CultureInfo.InvariantCulture, $$"""{"{{member}}":{{maximum - 60}}}"""));

        Assert.True(accepted.Status is HttpStatusCode.OK, accepted.Text);
    }

    private static long MaximumIn(ApiAnswer answer, string member)
    {
        Assert.Equal((400, "urn:session-functions:problem:validation"), ((int)answer.Status, answer.TextOf("type")));
        var fault = Assert.Single(answer.Json.GetProperty("errors").EnumerateArray());
        Assert.Equal("#/" + member, fault.GetProperty("pointer").GetString());
        var maximum = fault.GetProperty("maximum").GetInt64();
        Assert.Contains(maximum.ToString(CultureInfo.InvariantCulture), fault.GetProperty("detail").GetString(), StringComparison.Ordinal);
        return maximum;
    }
}

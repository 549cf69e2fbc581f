using Support.Hosts;

namespace HttpTests;

/// <summary>A body that stops on its way.</summary>
public sealed class StalledBodyTests(RunningHost host) : HttpSuite(host)
{
    [Fact]
    public async Task A_body_that_stalls_is_given_up_and_creates_nothing()
    {
        var user = NewUser();

        var exchange = await RawRequests.RawExchange.SendAsync(
            Api.Url,
            $"POST /api/v1/sessions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {Api.ServiceKey}\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: 1000\r\n\r\n{{\"userId\":\"{user}\"",
            TimeSpan.FromSeconds(20));

        // The platform of Functions sends the whole body before it reads an answer, and gives up itself.
        Assert.Equal([TestedHost.Kind is HostKind.Kestrel ? 408 : 500], exchange.Statuses);
        var count = await Api.ServiceAsync("GET", $"/v1/sessions?userId={user}&countOnly=true", body: null, ("Session-Consistency", "strong"));
        Assert.Equal(0, count.Json.GetProperty("count").GetInt32());
    }
}

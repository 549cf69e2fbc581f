using System.Net;
using Support.Servers;

namespace SessionCore.Tests.Servers;

public sealed class AzuriteServerTests
{
    [Fact]
    public async Task A_server_answers_until_it_is_killed()
    {
        await using var server = await AzuriteServer.StartAsync(CancellationToken.None);
        var address = new Uri(server.ConnectionString.Split("TableEndpoint=")[1].TrimEnd(';') + "/Tables");
        using var client = new HttpClient();

        using var answer = await client.GetAsync(address);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);

        await server.KillAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(address));
    }
}

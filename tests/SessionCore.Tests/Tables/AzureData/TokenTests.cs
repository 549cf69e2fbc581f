using System.Net;
using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SessionCore.Tables;
using SessionCore.Tables.AzureData;
using Support;

namespace SessionCore.Tests.Tables.AzureData;

public sealed class TokenTests
{
    private const string Row = """{"odata.etag":"W/\"1\"","PartitionKey":"p","RowKey":"r"}""";

    [Fact]
    public async Task A_request_carries_the_token_for_storage()
    {
        var credential = new FakeCredential(_ => Task.FromResult("the-token"));
        var handler = new CapturingHandler(_ => CapturingHandler.Json(HttpStatusCode.OK, Row));
        var table = Table(handler, credential);
        await table.FindAsync("p", "r", CancellationToken.None);
        await table.FindAsync("p", "r", CancellationToken.None);

        Assert.All(handler.Requests, request => Assert.Equal("Bearer the-token", request.Headers.NonValidated["Authorization"].ToString()));
        Assert.All(handler.Requests, request => Assert.False(request.Headers.NonValidated.Contains("x-ms-date")));
        Assert.Equal(["https://storage.azure.com/.default"], Assert.Single(credential.Asked));
    }

    [Fact]
    public async Task A_token_that_takes_longer_than_a_call_serves_the_next_one()
    {
        var arrival = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var credential = new FakeCredential(token => arrival.Task.WaitAsync(token));
        var handler = new CapturingHandler(_ => CapturingHandler.Json(HttpStatusCode.OK, Row));
        var table = Table(handler, credential, options => (options.TryTimeout, options.TotalTimeout) = (TimeSpan.FromMilliseconds(400), TimeSpan.FromSeconds(1)));

        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await table.FindAsync("p", "r", CancellationToken.None));
        arrival.SetResult("late-token");
        await credential.Fetched;

        Assert.NotNull(await table.FindAsync("p", "r", CancellationToken.None));
        Assert.Single(credential.Asked);
        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task Without_a_token_the_table_is_unavailable_and_an_error_says_what_to_check()
    {
        var log = new CapturedLog();
        var credential = new FakeCredential(_ => throw new CredentialUnavailableException("no identity here"));
        var handler = new CapturingHandler(_ => CapturingHandler.Json(HttpStatusCode.OK, Row));
        var table = Table(handler, credential, loggers: log.Factory());

        var e = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await table.FindAsync("p", "r", CancellationToken.None));

        Assert.Contains("managed identity", e.Message, StringComparison.Ordinal);
        Assert.Contains(log.Entries, line => line.Level is LogLevel.Error);
        Assert.Empty(handler.Requests);
        Assert.Single(credential.Asked);
    }

    private static ITable Table(
        CapturingHandler handler, TokenCredential credential, Action<TableStorageOptions>? configure = null, ILoggerFactory? loggers = null)
    {
        var options = new TableStorageOptions { Endpoint = "https://account.table.core.windows.net" };
        configure?.Invoke(options);
        return new AzureDataConnection(options, credential, TimeProvider.System, loggers ?? NullLoggerFactory.Instance, handler).Table("sessions");
    }

    private sealed class FakeCredential(Func<CancellationToken, Task<string>> fetch) : TokenCredential
    {
        private readonly TaskCompletionSource _fetched = new();

        public List<string[]> Asked { get; } = [];

        public Task Fetched => _fetched.Task;

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new NotSupportedException("Nothing waits for a token on a thread.");

        public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Asked.Add(requestContext.Scopes);
            var token = new AccessToken(await fetch(cancellationToken), TimeProvider.System.GetUtcNow().AddHours(1));
            _fetched.TrySetResult();
            return token;
        }
    }
}

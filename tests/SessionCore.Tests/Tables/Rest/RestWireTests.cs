using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using SessionCore.Tables;
using SessionCore.Tables.Rest;
using SessionTesting.Time;

namespace SessionCore.Tests.Tables.Rest;

/// <summary>What goes over the wire, to the byte, where a real service would be silent about a mistake.</summary>
public sealed class RestWireTests
{
    private const string Account = "AccountName=account;AccountKey=" + StoreStub.AccountKey + ";EndpointSuffix=core.windows.net";
    private const string Emulated = "AccountName=account;AccountKey=" + StoreStub.AccountKey + ";TableEndpoint=http://127.0.0.1:10002/account";
    private const string Row = """{"odata.etag":"W/\"1\"","PartitionKey":"p","RowKey":"r"}""";

    private readonly ManualTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 12, 30, 45, TimeSpan.Zero));

    // The signatures were computed with openssl: HMAC-SHA256, key "not-a-real-key-but-32-bytes-long", over date, line feed,
    // "/account" and the path as sent.
    [Theory]
    [InlineData(Account, "p", "r", "/sessions(PartitionKey='p',RowKey='r')", "fKEB/BXgLMTJDeIXYOges7EWnDA+z4LNrn6Esoe8V0I=")]
    [InlineData(Emulated, "it's", "100% ü", "/account/sessions(PartitionKey='it%27%27s',RowKey='100%25%20%C3%BC')", "F3lum+3oG3unwZN/q32CD2rwXWKYePDtx5DHK1IRTP8=")]
    public async Task A_point_read_is_signed_over_its_path(string connection, string partitionKey, string rowKey, string path, string signature)
    {
        var handler = new CapturingHandler(_ => CapturingHandler.Json(HttpStatusCode.OK, Row));
        await Table(handler, connection).FindAsync(partitionKey, rowKey, CancellationToken.None);

        var request = Assert.Single(handler.Requests);
        Assert.Equal(path, request.RequestUri?.PathAndQuery);
        Assert.Equal("SharedKeyLite account:" + signature, Header(request, "Authorization"));
        Assert.Equal("Sun, 01 Mar 2026 12:30:45 GMT", Header(request, "x-ms-date"));
        Assert.Equal("application/json;odata=minimalmetadata", Header(request, "Accept"));
        Assert.Equal("3.0", Header(request, "DataServiceVersion"));
        Assert.Equal("2019-02-02", Header(request, "x-ms-version"));
    }

    [Fact]
    public async Task A_query_is_signed_without_its_conditions_and_a_transaction_as_a_whole()
    {
        var handler = new CapturingHandler(request => request.Method == HttpMethod.Get
            ? CapturingHandler.Json(HttpStatusCode.OK, """{"value":[]}""")
            : CapturingHandler.Error(HttpStatusCode.Forbidden, "AuthenticationFailed"));
        var table = Table(handler, Account);
        await table.QueryAsync(new TableQuery { PartitionKey = "p", PageSize = 7 }, CancellationToken.None);
        await Assert.ThrowsAsync<StoreUnavailableException>(
            async () => await table.WriteAllAsync([TableWrite.Delete("p", "r", "W/\"1\"")], CancellationToken.None));

        Assert.Equal(
            ["SharedKeyLite account:q5bsXhQ4DBnAzOFhphe+pL05rtKINiIPw6+/BHCAO0Y=", "SharedKeyLite account:xHXwl3bejGUEzSGmgQIte1DNcw5Ce9arGk8OkIb0qvA="],
            handler.Requests.Select(request => Header(request, "Authorization")));
        Assert.Equal("/sessions()?%24filter=PartitionKey%20eq%20%27p%27&%24top=7".Replace("%24", "$", StringComparison.Ordinal), handler.Requests[0].RequestUri?.PathAndQuery);
    }

    [Fact]
    public async Task The_date_moves_with_the_clock()
    {
        var handler = new CapturingHandler(_ => CapturingHandler.Json(HttpStatusCode.OK, Row));
        var table = Table(handler, Account);
        await table.FindAsync("p", "r", CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await table.FindAsync("p", "r", CancellationToken.None);

        Assert.Equal(
            ["Sun, 01 Mar 2026 12:30:45 GMT", "Sun, 01 Mar 2026 12:30:46 GMT"], handler.Requests.Select(request => Header(request, "x-ms-date")));
        Assert.NotEqual(Header(handler.Requests[0], "Authorization"), Header(handler.Requests[1], "Authorization"));
    }

    [Fact]
    public async Task Writes_carry_their_condition_and_ask_for_no_content()
    {
        var handler = new CapturingHandler(_ => CapturingHandler.Written());
        var table = Table(handler, Account);
        var row = new TableRow("p", "r").Set("N", 5L);
        await table.WriteAsync(TableWrite.Insert(row), CancellationToken.None);
        await table.WriteAsync(TableWrite.Replace(row, "W/\"a\""), CancellationToken.None);
        await table.WriteAsync(TableWrite.Merge(row, "W/\"b\""), CancellationToken.None);
        await table.WriteAsync(TableWrite.Delete("p", "r", "W/\"c\""), CancellationToken.None);

        Assert.Equal(["POST", "PUT", "PATCH", "DELETE"], handler.Requests.Select(request => request.Method.Method));
        Assert.Equal([null, "W/\"a\"", "W/\"b\"", "W/\"c\""], handler.Requests.Select(request => Header(request, "If-Match")));
        Assert.All(handler.Requests.Take(3), request => Assert.Equal("return-no-content", Header(request, "Prefer")));
        Assert.Equal("""{"PartitionKey":"p","RowKey":"r","N@odata.type":"Edm.Int64","N":"5"}""", handler.Bodies[0]);
        Assert.Empty(handler.Bodies[3]);
    }

    [Fact]
    public async Task A_continuation_goes_back_as_it_came_and_an_empty_page_ends_nothing()
    {
        var handler = new CapturingHandler(request =>
        {
            var response = CapturingHandler.Json(HttpStatusCode.OK, """{"value":[]}""");
            var query = request.RequestUri?.Query ?? string.Empty;
            if (query.Length == 0)
            {
                response.Headers.Add("x-ms-continuation-NextPartitionKey", "1!4!cA--");
            }
            else if (!query.Contains("NextRowKey", StringComparison.Ordinal))
            {
                response.Headers.Add("x-ms-continuation-NextPartitionKey", "1!4!cQ--");
                response.Headers.Add("x-ms-continuation-NextRowKey", "1!4!c+/=");
            }

            return response;
        });
        var table = Table(handler, Account);
        var first = await table.QueryAsync(new TableQuery(), CancellationToken.None);
        var second = await table.QueryAsync(new TableQuery { Continuation = first.Continuation }, CancellationToken.None);
        var third = await table.QueryAsync(new TableQuery { Continuation = second.Continuation }, CancellationToken.None);

        Assert.Equal(
            ["", "?NextPartitionKey=1%214%21cA--", "?NextPartitionKey=1%214%21cQ--&NextRowKey=1%214%21c%2B%2F%3D"],
            handler.Requests.Select(request => request.RequestUri?.Query));
        Assert.All((TablePage[])[first, second, third], page => Assert.Empty(page.Rows));
        Assert.Null(third.Continuation);
    }

    [Fact]
    public async Task Types_may_be_named_before_or_after_their_property_and_foreign_ones_read_as_absent()
    {
        const string Json = """
            {"odata.metadata":"x","value":[{"odata.etag":"W/\"7\"","PartitionKey":"p","RowKey":"r","Timestamp@odata.type":"Edm.DateTime",
            "Timestamp":"2026-03-01T00:00:00Z","A@odata.type":"Edm.Int64","A":"9223372036854775807","B":"AQI=","B@odata.type":"Edm.Binary",
            "C":"2026-03-01T00:00:00.1234567Z","C@odata.type":"Edm.DateTime","D":1.5,"E@odata.type":"Edm.Guid","E":"x","F":null,"G":"\u00fc",
            "H@odata.type":"Edm.DateTime","H":"2026-03-01T01:00:00.0000001+01:00","I":"-5","I@odata.type":"Edm.Int64","J":3}]}
            """;
        var handler = new CapturingHandler(_ => CapturingHandler.Json(HttpStatusCode.OK, Json));
        var row = Assert.Single((await Table(handler, Account).QueryAsync(new TableQuery(), CancellationToken.None)).Rows);

        Assert.Equal("W/\"7\"", row.ETag);
        Assert.Equal(["A", "B", "C", "G", "H", "I", "J"], row.Properties.Select(property => property.Key));
        Assert.Equal((long.MaxValue, -5L, 3L), (row.GetInt64("A"), row.GetInt64("I"), row.GetInt64("J")));
        Assert.Equal([1, 2], row.GetBinary("B"));
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(1234567), row.GetTime("C"));
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(1), row.GetTime("H"));
        Assert.Equal("ü", row.GetString("G"));
    }

    [Fact]
    public async Task A_row_without_a_tag_has_that_of_its_time_stamp()
    {
        const string Json = """{"value":[{"PartitionKey":"p","RowKey":"r","Timestamp":"2026-03-01T00:00:00.1234567Z"}]}""";
        var handler = new CapturingHandler(_ => CapturingHandler.Json(HttpStatusCode.OK, Json));
        var page = await Table(handler, Account).QueryAsync(new TableQuery { Select = [] }, CancellationToken.None);

        Assert.Equal("W/\"datetime'2026-03-01T00%3A00%3A00.1234567Z'\"", Assert.Single(page.Rows).ETag);
        Assert.Equal("?$select=PartitionKey%2CRowKey%2CTimestamp", handler.Requests[0].RequestUri?.Query);
    }

    [Fact]
    public async Task A_shared_access_signature_goes_into_every_address_and_no_header()
    {
        var handler = new CapturingHandler(request => request.Method == HttpMethod.Get
            ? CapturingHandler.Json(HttpStatusCode.OK, """{"value":[]}""")
            : CapturingHandler.Written());
        var table = Table(handler, "TableEndpoint=https://account.table.core.windows.net/;SharedAccessSignature=?sv=2019-02-02&sig=a%2Bb%3D");
        await table.WriteAsync(TableWrite.Insert(new TableRow("p", "r")), CancellationToken.None);
        await table.QueryAsync(new TableQuery { PageSize = 1 }, CancellationToken.None);

        Assert.Equal(
            ["/sessions?sv=2019-02-02&sig=a%2Bb%3D", "/sessions()?$top=1&sv=2019-02-02&sig=a%2Bb%3D"],
            handler.Requests.Select(request => request.RequestUri?.PathAndQuery));
        Assert.All(handler.Requests, request => Assert.Null(Header(request, "Authorization")));
    }

    [Fact]
    public void Keys_and_signatures_are_not_in_the_text_of_anything()
    {
        var key = StorageAccountKey.TryParse(StoreStub.AccountKey);
        var account = new TableAccount(new Uri("https://account.table.core.windows.net"), "account", key, "sig=secret");

        Assert.Equal("https://account.table.core.windows.net", account.ToString());
        Assert.Equal("[redacted]", key?.ToString());
    }

    private static string? Header(HttpRequestMessage request, string name) =>
        request.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    private ITable Table(CapturingHandler handler, string connectionString)
    {
        var options = new TableStorageOptions { ConnectionString = connectionString };
        return new RestConnection(options, credential: null, _clock, NullLoggerFactory.Instance, handler).Table("sessions");
    }
}

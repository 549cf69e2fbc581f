using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using SessionCore.Tables;
using SessionCore.Tables.AzureData;

namespace SessionCore.Tests.Tables.AzureData;

/// <summary>What goes over the wire, to the byte, where a real service would be silent about a mistake.</summary>
public sealed class AzureDataWireTests
{
    private const string Account = "AccountName=account;AccountKey=" + StoreStub.AccountKey + ";EndpointSuffix=core.windows.net";
    private const string Emulated = "AccountName=account;AccountKey=" + StoreStub.AccountKey + ";TableEndpoint=http://127.0.0.1:10002/account";
    private const string Row = """{"odata.etag":"W/\"1\"","PartitionKey":"p","RowKey":"r"}""";

    [Theory]
    [InlineData(Account, "p", "r", "/sessions(PartitionKey='p',RowKey='r')")]
    [InlineData(Emulated, "it's", "100% ü", "/account/sessions(PartitionKey='it%27%27s',RowKey='100%25%20%C3%BC')")]
    public async Task A_point_read_is_signed_over_its_path(string connection, string partitionKey, string rowKey, string path)
    {
        var handler = new CapturingHandler(_ => CapturingHandler.Json(HttpStatusCode.OK, Row));
        await Table(handler, connection).FindAsync(partitionKey, rowKey, CancellationToken.None);

        var request = Assert.Single(handler.Requests);
        Assert.Equal(path, request.RequestUri?.AbsolutePath);
        Assert.Equal(SignatureOver(request, path), Header(request, "Authorization"));
        Assert.Equal("3.0", Header(request, "DataServiceVersion"));
        Assert.Equal("2020-12-06", Header(request, "x-ms-version"));
        Assert.Contains("$format=application/json;odata=minimalmetadata", Conditions(request));
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
            [SignatureOver(handler.Requests[0], "/sessions()"), SignatureOver(handler.Requests[1], "/$batch")],
            handler.Requests.Select(request => Header(request, "Authorization")));
        Assert.Superset(new HashSet<string>(["$filter=PartitionKey eq 'p'", "$top=7"], StringComparer.Ordinal), Conditions(handler.Requests[0]));
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
        Assert.Equal("return-no-content", Header(handler.Requests[0], "Prefer"));
        Assert.Equal("""{"PartitionKey":"p","RowKey":"r","N":"5","N@odata.type":"Edm.Int64"}""", handler.Bodies[0]);
        Assert.Empty(handler.Bodies[3]);
    }

    [Fact]
    public async Task A_continuation_goes_back_as_it_came_and_an_empty_page_ends_nothing()
    {
        var handler = new CapturingHandler(request =>
        {
            var response = CapturingHandler.Json(HttpStatusCode.OK, """{"value":[]}""");
            var query = request.RequestUri?.Query ?? string.Empty;
            if (!query.Contains("NextPartitionKey", StringComparison.Ordinal))
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
            ["", "NextPartitionKey=1!4!cA--", "NextPartitionKey=1!4!cQ--&NextRowKey=1!4!c+/="],
            handler.Requests.Select(request => string.Join('&', Conditions(request).Where(IsContinuation).Order(StringComparer.Ordinal))));
        Assert.All((TablePage[])[first, second, third], page => Assert.Empty(page.Rows));
        Assert.Null(third.Continuation);
    }

    [Fact]
    public async Task Types_may_be_named_before_or_after_their_property_and_foreign_ones_read_as_absent()
    {
        const string Json = """
            {"odata.metadata":"x","value":[{"odata.etag":"W/\"7\"","PartitionKey":"p","RowKey":"r","Timestamp@odata.type":"Edm.DateTime",
            "Timestamp":"2026-03-01T00:00:00Z","A@odata.type":"Edm.Int64","A":"9223372036854775807","B":"AQI=","B@odata.type":"Edm.Binary",
            "C":"2026-03-01T00:00:00.1234567Z","C@odata.type":"Edm.DateTime","D":1.5,"E@odata.type":"Edm.Guid","E":"00000000-0000-0000-0000-000000000001","F":null,"G":"\u00fc",
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

    [Theory]
    [InlineData("2026-03-01T00:00:00.1234567Z", "2026-03-01T00%3A00%3A00.1234567Z")]
    [InlineData("2026-03-01T00:00:00.1234Z", "2026-03-01T00%3A00%3A00.1234Z")]
    [InlineData("2026-03-01T00:00:00Z", "2026-03-01T00%3A00%3A00Z")]
    public async Task A_row_without_a_tag_has_that_of_its_time_stamp(string time, string escaped)
    {
        var json = """{"value":[{"PartitionKey":"p","RowKey":"r","Timestamp":"TIME"}]}""".Replace("TIME", time, StringComparison.Ordinal);
        var handler = new CapturingHandler(_ => CapturingHandler.Json(HttpStatusCode.OK, json));
        var page = await Table(handler, Account).QueryAsync(new TableQuery { Select = [] }, CancellationToken.None);

        Assert.Equal("W/\"datetime'" + escaped + "'\"", Assert.Single(page.Rows).ETag);
        Assert.Contains("$select=PartitionKey,RowKey,Timestamp", Conditions(handler.Requests[0]));
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
            ["/sessions", "/sessions()"], handler.Requests.Select(request => request.RequestUri?.AbsolutePath));
        Assert.All(handler.Requests, request => Assert.Superset(new HashSet<string>(["sv=2019-02-02", "sig=a+b="], StringComparer.Ordinal), Conditions(request)));
        Assert.All(handler.Requests, request => Assert.Contains("sig=a%2Bb%3D", request.RequestUri?.Query, StringComparison.Ordinal));
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

    private static bool IsContinuation(string condition) => condition.StartsWith("Next", StringComparison.Ordinal);

    private static HashSet<string> Conditions(HttpRequestMessage request) =>
        (request.RequestUri?.Query ?? string.Empty).TrimStart('?').Split('&').Select(Uri.UnescapeDataString).ToHashSet(StringComparer.Ordinal);

    // "Authorize with Shared Key", Azure Storage REST reference: Shared Key Lite of the Table service covers date, account and path.
    private static string SignatureOver(HttpRequestMessage request, string path) => "SharedKeyLite account:" + Convert.ToBase64String(HMACSHA256.HashData(
        Convert.FromBase64String(StoreStub.AccountKey), Encoding.UTF8.GetBytes(Header(request, "x-ms-date") + "\n/account" + path)));

    private static string? Header(HttpRequestMessage request, string name) =>
        request.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    private static ITable Table(CapturingHandler handler, string connectionString)
    {
        var options = new TableStorageOptions { ConnectionString = connectionString };
        return new AzureDataConnection(options, credential: null, TimeProvider.System, NullLoggerFactory.Instance, handler).Table("sessions");
    }
}

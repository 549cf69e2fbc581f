using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SessionCore.Tables;
using Support;
using Support.Servers;

namespace SessionCore.Tests.Tables.AzureData;

/// <summary>The adapter of the Azure SDK when the service is busy, silent, cut off, or not the service at all.</summary>
public sealed class AzureDataTableFaultTests
{
    private const string Tag = "W/\"1\"";

    public static TheoryData<string> AllWrites => ["insert", "replace", "merge", "delete", "transaction"];

    [Fact]
    public async Task A_busy_store_is_asked_again()
    {
        await using var stub = await StoreStub.StartAsync((context, number) =>
            number < 3 ? StoreStub.FailAsync(context, 503, "ServerBusy") : StoreStub.RowAsync(context));

        var row = await stub.Table().FindAsync("p", "r", CancellationToken.None);

        Assert.Equal("x", row?.GetString("Value"));
        Assert.Equal(3, stub.Requests.Count);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_store_that_stays_in_trouble_is_unavailable(int status)
    {
        await using var stub = await StoreStub.StartAsync((context, _) => StoreStub.FailAsync(context, status, "ServerBusy"));
        var table = stub.Table();

        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await table.FindAsync("p", "r", CancellationToken.None));
        Assert.Equal(3, stub.Requests.Count);
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await WriteAsync(table, "insert"));
        Assert.Equal(6, stub.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(AllWrites))]
    public async Task A_write_whose_answer_was_cut_off_is_not_sure_who_stands_in_its_way(string kind)
    {
        await using var stub = await StoreStub.StartAsync((context, number) => number switch
        {
            1 => StoreStub.RowAsync(context),
            2 => StoreStub.CutAsync(context),
            _ => InTheWayAsync(context, kind),
        });
        var table = stub.Table();

        // The cut comes on a connection that has served before: there the transport itself is tempted to repeat.
        await table.FindAsync("p", "r", CancellationToken.None);
        var result = await WriteAsync(table, kind);

        Assert.Equal((OutcomeOf(kind), true), (result.Outcome, result.Uncertain));
        Assert.Equal(3, stub.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(AllWrites))]
    public async Task A_write_that_certainly_was_not_applied_before_is_sure(string kind)
    {
        await using var stub = await StoreStub.StartAsync((context, number) =>
            number == 1 ? StoreStub.FailAsync(context, 503, "ServerBusy") : InTheWayAsync(context, kind));

        var result = await WriteAsync(stub.Table(), kind);

        Assert.Equal((OutcomeOf(kind), false), (result.Outcome, result.Uncertain));
        Assert.Equal(2, stub.Requests.Count);
    }

    [Theory]
    [InlineData(500, "OperationTimedOut")]
    [InlineData(500, "InternalError")]
    [InlineData(503, "SomethingElse")]
    [InlineData(504, "GatewayTimeout")]
    public async Task A_write_after_an_answer_that_says_nothing_is_not_sure(int status, string code)
    {
        await using var stub = await StoreStub.StartAsync((context, number) =>
            number == 1 ? StoreStub.FailAsync(context, status, code) : StoreStub.FailAsync(context, 412, "UpdateConditionNotSatisfied"));

        var result = await WriteAsync(stub.Table(), "merge");

        Assert.Equal((TableOutcome.Conflict, true), (result.Outcome, result.Uncertain));
    }

    [Fact]
    public async Task A_write_that_a_retry_brings_through_is_written()
    {
        await using var stub = await StoreStub.StartAsync((context, number) =>
            number == 1 ? StoreStub.CutAsync(context) : StoreStub.WrittenAsync(context));

        var result = await WriteAsync(stub.Table(), "insert");

        Assert.Equal((TableOutcome.Written, false), (result.Outcome, result.Uncertain));
        Assert.NotNull(result.ETag);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_silent_store_costs_the_caller_no_more_than_the_deadline(bool afterTheHeaders)
    {
        await using var stub = await StoreStub.StartAsync(async (context, _) =>
        {
            if (afterTheHeaders)
            {
                context.Response.ContentLength = 1000;
                await context.Response.Body.FlushAsync();
            }

            await StoreStub.SwallowAsync(context);
        });
        var table = stub.Table(options => (options.TryTimeout, options.TotalTimeout) = (TimeSpan.FromMilliseconds(150), TimeSpan.FromMilliseconds(400)));
        var started = Stopwatch.GetTimestamp();

        var e = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await table.FindAsync("p", "r", CancellationToken.None));

        Assert.IsType<TimeoutException>(e.InnerException);
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.FromMilliseconds(150), TimeSpan.FromSeconds(3));
        Assert.InRange(stub.Requests.Count, 2, 3);
    }

    [Fact]
    public async Task A_caller_who_leaves_gets_a_cancellation_and_nothing_else()
    {
        using var source = new CancellationTokenSource();
        await using var stub = await StoreStub.StartAsync(async (context, _) =>
        {
            await source.CancelAsync();
            await StoreStub.SwallowAsync(context);
        });
        var table = stub.Table();

        var e = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await table.WriteAsync(TableWrite.Insert(new TableRow("p", "r")), source.Token));

        Assert.Equal(source.Token, e.CancellationToken);
        Assert.Single(stub.Requests);
    }

    [Fact]
    public async Task A_store_that_asks_for_more_patience_than_there_is_is_not_asked_again_and_its_wish_is_passed_on()
    {
        await using var stub = await StoreStub.StartAsync((context, _) =>
        {
            context.Response.Headers.RetryAfter = "40";
            return StoreStub.FailAsync(context, 503, "ServerBusy");
        });

        var e = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await stub.Table().FindAsync("p", "r", CancellationToken.None));

        Assert.Equal(TimeSpan.FromSeconds(40), e.RetryAfter);
        Assert.Single(stub.Requests);
    }

    [Fact]
    public async Task A_store_that_refuses_one_call_in_four_gets_a_tenth_more_calls_at_most()
    {
        const int Calls = 1200;
        await using var stub = await StoreStub.StartAsync((context, number) =>
            number % 4 == 0 ? StoreStub.FailAsync(context, 503, "ServerBusy") : StoreStub.RowAsync(context));
        var table = stub.Table();
        var unavailable = 0;

        await Parallel.ForAsync(0, Calls, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (_, token) =>
        {
            try
            {
                await table.FindAsync("p", "r", token);
            }
            catch (StoreUnavailableException)
            {
                Interlocked.Increment(ref unavailable);
            }
        });

        Assert.InRange(stub.Requests.Count, Calls * 1.05, Calls * 1.1);
        Assert.InRange(unavailable, 1, Calls / 4);
    }

    [Theory]
    [InlineData(401, "InvalidAuthenticationInfo")]
    [InlineData(403, "AuthenticationFailed")]
    [InlineData(403, "AuthorizationPermissionMismatch")]
    [InlineData(400, "InvalidAuthenticationInfo")]
    public async Task Refused_credentials_are_unavailable_and_an_error_that_names_the_role(int status, string code)
    {
        var log = new CapturedLog();
        await using var stub = await StoreStub.StartAsync((context, _) => StoreStub.FailAsync(context, status, code));

        var e = await Assert.ThrowsAsync<StoreUnavailableException>(
            async () => await stub.Table(loggers: log.Factory()).FindAsync("p", "r", CancellationToken.None));

        Assert.Contains("Storage Table Data Contributor", e.Message, StringComparison.Ordinal);
        Assert.Contains(log.Entries, line => line.Level is LogLevel.Error && line.Text.Contains(code, StringComparison.Ordinal));
        Assert.Single(stub.Requests);
    }

    [Theory]
    [InlineData(404, "")]
    [InlineData(404, "NotFound")]
    [InlineData(404, "TableNotFound")]
    [InlineData(409, "")]
    [InlineData(409, "TableBeingDeleted")]
    [InlineData(301, "")]
    [InlineData(405, "")]
    [InlineData(200, "")]
    public async Task What_is_not_the_services_own_word_is_no_answer(int status, string code)
    {
        await using var stub = await StoreStub.StartAsync((context, _) => StoreStub.FailAsync(context, status, code));
        var table = stub.Table();

        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await table.FindAsync("p", "r", CancellationToken.None));
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await table.QueryAsync(new TableQuery(), CancellationToken.None));
        foreach (var kind in (string[])["insert", "replace", "merge", "transaction"])
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(async () => await WriteAsync(table, kind));
        }
    }

    [Theory]
    [InlineData(400, "InvalidInput")]
    [InlineData(413, "RequestBodyTooLarge")]
    public async Task A_request_that_the_store_calls_wrong_is_a_fault_of_the_program(int status, string code)
    {
        await using var stub = await StoreStub.StartAsync((context, _) => StoreStub.FailAsync(context, status, code));

        var e = await Assert.ThrowsAsync<InvalidOperationException>(async () => await WriteAsync(stub.Table(), "insert"));

        Assert.Contains(code, e.Message, StringComparison.Ordinal);
        Assert.Single(stub.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"PartitionKey":"p","RowKey":"r"}""")]
    [InlineData("""{"odata.etag":"W/\"1\"","PartitionKey":"p","RowKey":5}""")]
    [InlineData("""{"odata.etag":"W/\"1\"","PartitionKey":"p","RowKey":"r","A@odata.type":"Edm.Binary","A":"no base64!"}""")]
    [InlineData("""{"odata.etag":"W/\"1\"","PartitionKey":"p","RowKey":"r","A@odata.type":"Edm.Int64","A":"12x"}""")]
    [InlineData("""{"odata.etag":"W/\"1\"","PartitionKey":"p","RowKey":"r","A":{"b":1}}""")]
    [InlineData("""{"odata.etag":"W/\"1\"","PartitionKey":"p","RowKey":"r" """)]
    public async Task An_answer_that_makes_no_sense_is_unavailable(string json)
    {
        await using var stub = await StoreStub.StartAsync((context, _) => StoreStub.JsonAsync(context, json));
        var table = stub.Table();

        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await table.FindAsync("p", "r", CancellationToken.None));
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await table.QueryAsync(new TableQuery(), CancellationToken.None));
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_asked_for_again()
    {
        await using var stub = await StoreStub.StartAsync(async (context, number) =>
        {
            if (number > 1)
            {
                await StoreStub.RowAsync(context);
                return;
            }

            context.Response.ContentLength = 500;
            await context.Response.WriteAsync("""{"odata.etag":"W/\"1\"","PartitionKey":"p","Row""");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });

        Assert.Equal("x", (await stub.Table().FindAsync("p", "r", CancellationToken.None))?.GetString("Value"));
        Assert.Equal(2, stub.Requests.Count);
    }

    [Fact]
    public async Task A_port_that_nobody_listens_on_is_unavailable_without_another_try()
    {
        var log = new CapturedLog();
        await using var stub = await StoreStub.StartAsync((context, _) => StoreStub.RowAsync(context));
        var table = stub.Table(loggers: log.Factory(), configure: options => options.ConnectionString = string.Create(
            CultureInfo.InvariantCulture,
            $"AccountName=account;AccountKey={StoreStub.AccountKey};TableEndpoint=http://127.0.0.1:{FreePort.Next()}/account"));

        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await table.FindAsync("p", "r", CancellationToken.None));
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await WriteAsync(table, "insert"));
        Assert.DoesNotContain(log.Entries, line => line.Text.Contains("trying again", StringComparison.Ordinal));
    }

    private static ValueTask<TableWriteResult> WriteAsync(ITable table, string kind)
    {
        var row = new TableRow("p", "r").Set("Value", "x");
        return kind switch
        {
            "insert" => table.WriteAsync(TableWrite.Insert(row), CancellationToken.None),
            "replace" => table.WriteAsync(TableWrite.Replace(row, Tag), CancellationToken.None),
            "merge" => table.WriteAsync(TableWrite.Merge(row, Tag), CancellationToken.None),
            "delete" => table.WriteAsync(TableWrite.Delete("p", "r", Tag), CancellationToken.None),
            _ => table.WriteAllAsync([TableWrite.Insert(row), TableWrite.Delete("p", "s", Tag)], CancellationToken.None),
        };
    }

    // What a second try of each write meets when the first one was applied.
    private static Task InTheWayAsync(HttpContext context, string kind) => kind switch
    {
        "insert" => StoreStub.FailAsync(context, 409, "EntityAlreadyExists"),
        "delete" => StoreStub.FailAsync(context, 404, "ResourceNotFound"),
        "transaction" => StoreStub.PartsAsync(
            context, (409, """{"odata.error":{"code":"EntityAlreadyExists","message":{"lang":"en-US","value":"0:The entity exists."}}}""")),
        _ => StoreStub.FailAsync(context, 412, "UpdateConditionNotSatisfied"),
    };

    private static TableOutcome OutcomeOf(string kind) => kind switch
    {
        "insert" or "transaction" => TableOutcome.AlreadyExists,
        "delete" => TableOutcome.NotFound,
        _ => TableOutcome.Conflict,
    };
}

using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using SessionCore.Tables;
using SessionCore.Tables.AzureData;

namespace SessionCore.Tests.Tables.AzureData;

/// <summary>Answers of which the end is missing, cut at every byte, though everything about them says that they are whole.</summary>
public sealed class TruncatedAnswerTests
{
    private const string Row =
        """{"odata.metadata":"x","odata.etag":"W/\"1\"","PartitionKey":"p","RowKey":"r","Timestamp":"2026-03-01T00:00:00Z","A@odata.type":"Edm.Int64","A":"12","B@odata.type":"Edm.Binary","B":"AQI=","C":true,"D":"ü"}""";

    private const string Transaction =
        "--batchresponse_1\r\nContent-Type: multipart/mixed; boundary=changesetresponse_1\r\n\r\n"
        + "--changesetresponse_1\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\nHTTP/1.1 204 No Content\r\nETag: W/\"1\"\r\n\r\n\r\n"
        + "--changesetresponse_1\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\nHTTP/1.1 204 No Content\r\nETag: W/\"2\"\r\n\r\n\r\n"
        + "--changesetresponse_1--\r\n--batchresponse_1--\r\n";

    [Fact]
    public Task No_part_of_a_row_passes_for_the_row() =>
        AssertUnavailableAsync(Row, Row.Length - 1, HttpStatusCode.OK, "application/json", async table => await table.FindAsync("p", "r", CancellationToken.None));

    [Fact]
    public Task No_part_of_a_page_passes_for_the_page() => AssertUnavailableAsync(
        """{"value":[""" + Row + "," + Row + "]}",
        (2 * Row.Length) + 12,
        HttpStatusCode.OK,
        "application/json",
        async table => await table.QueryAsync(new TableQuery(), CancellationToken.None));

    // Only the line break at the very end says nothing.
    [Fact]
    public Task No_part_of_a_transactions_answer_passes_for_the_answer() => AssertUnavailableAsync(
        Transaction,
        Transaction.Length - "\r\n".Length - 1,
        HttpStatusCode.Accepted,
        "multipart/mixed; boundary=batchresponse_1",
        async table => await table.WriteAllAsync([TableWrite.Insert(new TableRow("p", "r")), TableWrite.Insert(new TableRow("p", "s"))], CancellationToken.None));

    private static async Task AssertUnavailableAsync(string whole, int least, HttpStatusCode status, string type, Func<ITable, Task> call)
    {
        var length = 0;
        using var connection = new AzureDataConnection(
            new TableStorageOptions { ConnectionString = "AccountName=account;AccountKey=" + StoreStub.AccountKey },
            credential: null,
            TimeProvider.System,
            NullLoggerFactory.Instance,
            new CapturingHandler(_ =>
            {
                var content = new ByteArrayContent(Encoding.UTF8.GetBytes(whole[..length]));
                content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
                return new HttpResponseMessage(status) { Content = content };
            }));
        var table = connection.Table("sessions");
        for (; length <= least; length++)
        {
            var cut = length;
            var e = await Record.ExceptionAsync(() => call(table));
            Assert.True(e is StoreUnavailableException, $"Cut at {cut}: {e?.ToString() ?? "no exception"}");
        }

        length = whole.Length;
        await call(table);
    }
}

using Microsoft.AspNetCore.Http;
using SessionCore.Tables;
using Support;

namespace SessionCore.Tests.Tables.AzureData;

public sealed class SecretTests
{
    private const string Echo = "The MAC signature found in the HTTP request 'SIGNATURE' is not the same as any computed signature.";

    [Fact]
    public async Task Whatever_goes_wrong_no_key_signature_or_row_is_told()
    {
        var log = new CapturedLog();
        var texts = new List<string>();
        var signatures = new List<string>();
        await using var stub = await StoreStub.StartAsync((context, number) =>
        {
            var signature = context.Request.Headers.Authorization.ToString().Split(':')[^1];
            signatures.Add(signature);
            return AnswerAsync(context, number, signature);
        });

        // Only the last one is answered by silence; the others may take as long as a busy machine needs.
        var patient = stub.Table(options => options.MaxRetries = 0, log.Factory());
        var hasty = stub.Table(options => (options.MaxRetries, options.TryTimeout) = (0, TimeSpan.FromMilliseconds(400)), log.Factory());
        for (var i = 1; i <= 8; i++)
        {
            var table = i == 8 ? hasty : patient;
            var write = TableWrite.Insert(new TableRow("secret-partition", "secret-row").Set("Value", "secret-value"));
            texts.Add((await Assert.ThrowsAnyAsync<Exception>(async () => await table.WriteAsync(write, CancellationToken.None))).ToString());
        }

        texts.AddRange(log.Entries.Select(line => line.Text));
        Assert.Equal(8, signatures.Count);
        Assert.NotEmpty(log.Entries);
        foreach (var secret in signatures.Append(StoreStub.AccountKey).Append("secret-"))
        {
            Assert.DoesNotContain(texts, text => text.Contains(secret, StringComparison.Ordinal));
        }
    }

    private static Task AnswerAsync(HttpContext context, int number, string signature)
    {
        if (number == 7)
        {
            return StoreStub.CutAsync(context);
        }

        if (number == 8)
        {
            return StoreStub.SwallowAsync(context);
        }

        context.Response.StatusCode = new[] { 400, 401, 403, 404, 409, 503 }[number - 1];

        // A real service explains a wrong signature by quoting it; a hostile one might put anything where a code belongs.
        var code = number % 2 == 0 ? "AuthenticationFailed" : signature;
        return context.Response.WriteAsync(
            """{"odata.error":{"code":"CODE","message":{"lang":"en-US","value":"TEXT"}}}"""
                .Replace("CODE", code, StringComparison.Ordinal)
                .Replace("TEXT", Echo.Replace("SIGNATURE", signature, StringComparison.Ordinal), StringComparison.Ordinal));
    }
}

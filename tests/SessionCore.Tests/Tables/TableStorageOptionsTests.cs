using Microsoft.Extensions.Options;
using SessionCore.Tables;

namespace SessionCore.Tests.Tables;

public sealed class TableStorageOptionsTests
{
    private const string Key = "bm90LWEtcmVhbC1rZXktYnV0LTMyLWJ5dGVzLWxvbmc=";
    private const string AzuriteKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    [Theory]
    [InlineData("UseDevelopmentStorage=true", "http://127.0.0.1:10002/devstoreaccount1")]
    [InlineData("usedevelopmentstorage=TRUE;", "http://127.0.0.1:10002/devstoreaccount1")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=acct;AccountKey=" + Key + ";EndpointSuffix=core.windows.net", "https://acct.table.core.windows.net/")]
    [InlineData("AccountName=acct;AccountKey=" + Key, "https://acct.table.core.windows.net/")]
    [InlineData("AccountName=acct;AccountKey=" + Key + ";EndpointSuffix=core.chinacloudapi.cn", "https://acct.table.core.chinacloudapi.cn/")]
    [InlineData("AccountName=acct;AccountKey=" + Key + ";TableEndpoint=https://tables.example/acct;BlobEndpoint=https://blobs.example/", "https://tables.example/acct")]
    [InlineData("TableEndpoint=https://acct.table.core.windows.net/;SharedAccessSignature=sv=2019&sig=x%3D", "https://acct.table.core.windows.net/")]
    [InlineData("AccountName=devstoreaccount1;AccountKey=" + AzuriteKey + ";TableEndpoint=http://localhost:1/devstoreaccount1", "http://localhost:1/devstoreaccount1")]
    public void A_connection_string_names_the_service(string text, string endpoint)
    {
        var options = new TableStorageOptions { ConnectionString = text };

        Assert.Empty(Faults(options));
        Assert.Equal(new Uri(endpoint), options.Account().Endpoint);
        Assert.False(options.Account().UsesToken);
    }

    [Fact]
    public void An_endpoint_alone_means_a_token()
    {
        var options = new TableStorageOptions { Endpoint = "https://acct.table.core.windows.net", ConnectionString = " " };

        Assert.Empty(Faults(options));
        Assert.True(options.Account().UsesToken);
    }

    [Theory]
    [InlineData("", "set either this or Tables:Endpoint")]
    [InlineData("AccountName=acct", "set either AccountKey or SharedAccessSignature")]
    [InlineData("AccountName=acct;AccountKey=" + Key + ";SharedAccessSignature=sig=secret", "set either AccountKey or SharedAccessSignature")]
    [InlineData("AccountKey=" + Key + ";TableEndpoint=https://tables.example", "AccountKey requires AccountName")]
    [InlineData("SharedAccessSignature=sig=secret", "set TableEndpoint or AccountName")]
    [InlineData("AccountName=acct;AccountKey=secret!", "AccountKey is not base64")]
    [InlineData("AccountName=acct;AccountKey=", "AccountKey is not base64")]
    [InlineData("AccountName=acct;AccountName=acct;AccountKey=" + Key, "AccountName is set twice")]
    [InlineData("AccountName=secret-name;AccountKey=" + Key, "AccountName must be 3 to 24")]
    [InlineData("AccountName=acct;" + Key, "setting 2 is unknown")]
    [InlineData("AccountName=acct;secret=x;AccountKey=" + Key, "setting 2 is unknown")]
    [InlineData("secret", "setting 1 is unknown")]
    [InlineData("UseDevelopmentStorage=true;AccountName=acct", "UseDevelopmentStorage must be 'true' and the only setting")]
    [InlineData("UseDevelopmentStorage=false", "UseDevelopmentStorage must be 'true' and the only setting")]
    [InlineData("DefaultEndpointsProtocol=ftp;AccountName=acct;AccountKey=" + Key, "DefaultEndpointsProtocol must be 'https'")]
    [InlineData("EndpointSuffix=a b;AccountName=acct;AccountKey=" + Key, "EndpointSuffix must be a domain")]
    [InlineData("AccountName=acct;AccountKey=" + Key + ";TableEndpoint=secret", "TableEndpoint must be an address")]
    [InlineData("AccountName=acct;AccountKey=" + Key + ";TableEndpoint=https://tables.example/?sig=secret", "TableEndpoint must have no user, query")]
    [InlineData("DefaultEndpointsProtocol=http;AccountName=acct;AccountKey=" + Key, "uses unencrypted http")]
    [InlineData("AccountName=acct;AccountKey=" + Key + ";TableEndpoint=http://tables.example", "uses unencrypted http")]
    [InlineData("AccountName=devstoreaccount1;AccountKey=" + AzuriteKey + ";TableEndpoint=https://tables.example", "has the well-known key of Azurite")]
    public void A_connection_string_that_cannot_work_gives_one_line_that_tells_no_secret(string text, string fault)
    {
        var line = Assert.Single(Faults(new TableStorageOptions { ConnectionString = text }));

        Assert.StartsWith("Tables:ConnectionString: ", line, StringComparison.Ordinal);
        Assert.Contains(fault, line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
        foreach (var secret in (string[])[Key, AzuriteKey, "secret"])
        {
            Assert.DoesNotContain(secret, line, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("http://acct.table.core.windows.net", "uses unencrypted http")]
    [InlineData("http://127.0.0.1:10002", "uses unencrypted http")]
    [InlineData("acct.table.core.windows.net", "must be an address")]
    [InlineData("https://acct.table.core.windows.net/?sig=secret", "must have no user, query")]
    [InlineData("https://user:secret@acct.table.core.windows.net", "must have no user, query")]
    public void An_endpoint_that_cannot_work_gives_one_line(string text, string fault)
    {
        var line = Assert.Single(Faults(new TableStorageOptions { Endpoint = text, IsDevelopment = true }));

        Assert.StartsWith("Tables:Endpoint: ", line, StringComparison.Ordinal);
        Assert.Contains(fault, line, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_faults_give_a_line_each()
    {
        var options = new TableStorageOptions { ConnectionString = "AccountName=UPPER;AccountKey=?;TableEndpoint=x" };

        Assert.Equal(3, Faults(options).Count);
    }

    [Fact]
    public void Http_to_another_machine_is_for_development_only_and_never_with_the_published_key()
    {
        const string Remote = "TableEndpoint=http://azurite:10002/devstoreaccount1;AccountName=devstoreaccount1;AccountKey=";

        Assert.Empty(Faults(new TableStorageOptions { ConnectionString = Remote + Key, IsDevelopment = true }));
        Assert.Single(Faults(new TableStorageOptions { ConnectionString = Remote + Key }));
        Assert.Single(Faults(new TableStorageOptions { ConnectionString = Remote + AzuriteKey, IsDevelopment = true }));
        Assert.Single(Faults(new TableStorageOptions { ConnectionString = "TableEndpoint=http://azurite:10002/acct;SharedAccessSignature=sig=x", IsDevelopment = true }));
        Assert.Empty(Faults(new TableStorageOptions { ConnectionString = "TableEndpoint=http://127.0.0.1:10002/acct;SharedAccessSignature=sig=x" }));
    }

    [Fact]
    public void The_defaults_suit_an_interactive_request()
    {
        var options = Valid();

        Assert.Empty(Faults(options));
        Assert.Equal(("sessions", "sessiondue"), (options.SessionsTable, options.DueTable));
        Assert.Equal((TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), 2, 128), (options.TryTimeout, options.TotalTimeout, options.MaxRetries, options.MaxConnections));
    }

    [Fact]
    public void Each_bound_is_allowed_and_one_step_beyond_is_not()
    {
        AssertBounds((o, v) => o.MaxRetries = v, 0, 10, 1);
        AssertBounds((o, v) => o.MaxConnections = v, 1, 1000, 1);
        AssertBounds((o, v) => (o.TryTimeout, o.TotalTimeout) = (TimeSpan.FromMilliseconds(v), TimeSpan.FromSeconds(60)), 50, 30_000, 1);
        AssertBounds((o, v) => (o.TryTimeout, o.TotalTimeout) = (TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(v)), 50, 60_000, 1);
        AssertBounds((o, v) => o.SessionsTable = new string('a', v), 3, 63, 1);
        AssertBounds((o, v) => o.DueTable = new string('b', v), 3, 63, 1);
    }

    [Fact]
    public void Rules_across_options_hold()
    {
        var slow = Valid();
        slow.TryTimeout = slow.TotalTimeout + TimeSpan.FromMilliseconds(1);
        Assert.Contains("Tables:TryTimeout", Assert.Single(Faults(slow)), StringComparison.Ordinal);

        var same = Valid();
        same.DueTable = "SESSIONS";
        Assert.Contains("Tables:DueTable", Assert.Single(Faults(same)), StringComparison.Ordinal);

        var reserved = Valid();
        reserved.DueTable = "Tables";
        Assert.Contains("'tables'", Assert.Single(Faults(reserved)), StringComparison.Ordinal);

        var odd = Valid();
        odd.SessionsTable = "1st-table";
        Assert.Single(Faults(odd));
    }

    private static TableStorageOptions Valid() => new() { ConnectionString = "UseDevelopmentStorage=true" };

    private static void AssertBounds(Action<TableStorageOptions, int> set, int least, int most, int step)
    {
        foreach (var (value, faults) in ((int, int)[])[(least, 0), (most, 0), (least - step, 1), (most + step, 1)])
        {
            var options = Valid();
            set(options, value);
            Assert.Equal((value, faults > 0), (value, Faults(options).Count > 0));
        }
    }

    private static List<string> Faults(TableStorageOptions options)
    {
        var result = new TableStorageOptionsValidator().Validate(Options.DefaultName, options);
        return result.Failures is null ? [] : [.. result.Failures];
    }
}

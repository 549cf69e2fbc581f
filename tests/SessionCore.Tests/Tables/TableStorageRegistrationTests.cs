using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SessionCore.Tables;
using Support.Servers;
using Support.Tables;

namespace SessionCore.Tests.Tables;

public sealed class TableStorageRegistrationTests
{
    [Fact]
    public async Task One_call_gives_both_tables_from_the_configuration()
    {
        var server = await AzuriteServer.SharedAsync();
        await using var provider = Services(
            ("Tables:ConnectionString", server.ConnectionString),
            ("Tables:SessionsTable", AzuriteServer.NewTableName("s")),
            ("Tables:DueTable", AzuriteServer.NewTableName("d")),
            ("Tables:TryTimeout", "00:00:20"),
            ("Tables:TotalTimeout", "00:00:30")).BuildServiceProvider();
        var tables = provider.GetRequiredService<SessionTables>();
        await tables.Sessions.EnsureExistsAsync(CancellationToken.None);
        await tables.Due.EnsureExistsAsync(CancellationToken.None);
        await tables.Sessions.WriteAsync(TableWrite.Insert(new TableRow("p", "r")), CancellationToken.None);

        Assert.NotNull(await tables.Sessions.FindAsync("p", "r", CancellationToken.None));
        Assert.Null(await tables.Due.FindAsync("p", "r", CancellationToken.None));
    }

    [Fact]
    public async Task Nothing_is_contacted_before_the_first_call()
    {
        await using var provider = Services(
            ("Tables:ConnectionString", $"AccountName=acct;AccountKey=AAAA;TableEndpoint=http://127.0.0.1:{FreePort.Next()}/acct")).BuildServiceProvider();
        var tables = provider.GetRequiredService<SessionTables>();

        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await tables.Sessions.FindAsync("p", "r", CancellationToken.None));
    }

    [Fact]
    public async Task A_host_that_brings_its_own_tables_keeps_them()
    {
        var own = new SessionTables(new InMemoryTable(), new InMemoryTable());
        await using var provider = new ServiceCollection().AddSingleton(own)
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddTableStorage().BuildServiceProvider();

        Assert.Same(own, provider.GetRequiredService<SessionTables>());
    }

    [Fact]
    public async Task Options_that_make_no_sense_stop_the_host_at_start_with_a_line_each()
    {
        await using var provider = Services(("Tables:ConnectionString", "AccountName=x"), ("Tables:MaxRetries", "99")).BuildServiceProvider();

        var e = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());
        Assert.Equal(3, e.Failures.Count());
    }

    [Theory]
    [InlineData("Development", true)]
    [InlineData("Production", false)]
    public async Task Only_a_developers_machine_may_talk_http_to_another(string environment, bool allowed)
    {
        await using var provider = Services(("Tables:ConnectionString", "AccountName=acct;AccountKey=AAAA;TableEndpoint=http://azurite:10002/acct"))
            .AddSingleton<IHostEnvironment>(new FakeEnvironment { EnvironmentName = environment }).BuildServiceProvider();

        var e = Record.Exception(() => provider.GetRequiredService<SessionTables>());
        Assert.Equal(allowed, e is null);
        Assert.True(allowed || e is OptionsValidationException);
    }

    private static IServiceCollection Services(params IEnumerable<(string Key, string Value)> settings) =>
        new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder()
                .AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value))).Build())
            .AddTableStorage();

    private sealed class FakeEnvironment : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = string.Empty;

        public string ApplicationName { get; set; } = string.Empty;

        public string ContentRootPath { get; set; } = string.Empty;

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}

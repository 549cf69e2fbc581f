using Azure.Identity;
using KeyTool;
using SessionApi.Passports;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

try
{
    switch (args)
    {
        case ["ring"]:
            var credential = new ChainedTokenCredential(new AzureDeveloperCliCredential(), new AzureCliCredential());
            using (var http = new HttpClient { Timeout = TimeSpan.FromSeconds(60) })
            {
                var task = RingTask.FromEnvironment(Environment.GetEnvironmentVariable);
                await new RingDrawer(new ResourceManager(http, credential), Console.Out).RunAsync(task, stop.Token);
            }

            return 0;
        case ["service", var id, var client, .. { Length: > 0 } scopes]:
            await new ServiceKeyDrawer(TimeProvider.System, Console.Out, Console.Error).RunAsync(id, client, scopes);
            return 0;
        case ["passport"]:
            await Console.Out.WriteLineAsync(PassportKeyOptions.New().Key);
            return 0;
        default:
            await Console.Error.WriteLineAsync("""
                dotnet run --project infra/keys -- ring
                    Draws the keys that the configuration names and the vault lacks. azd runs it after provisioning.
                dotnet run --project infra/keys -- service ID CLIENT SCOPE...
                    Draws a service key: the key on the output, its entry for the parameters beside it.
                dotnet run --project infra/keys -- passport
                    Draws a key that signs passports, for Passports:Keys:0:Key of a deployment without a vault.
                """);
            return 2;
    }
}
catch (KeyToolException fault)
{
    await Console.Error.WriteLineAsync(fault.Message);
    return 1;
}

using Azure.Identity;
using KeyTool;

var credential = new ChainedTokenCredential(new AzureDeveloperCliCredential(), new AzureCliCredential());
using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(60) };
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

try
{
    var task = RingTask.FromEnvironment(Environment.GetEnvironmentVariable);
    await new RingDrawer(new ResourceManager(http, credential), Console.Out).RunAsync(task, stop.Token);
    return 0;
}
catch (KeyToolException fault)
{
    await Console.Error.WriteLineAsync(fault.Message);
    return 1;
}

using System.Globalization;
using TableServer;
using TableServer.Storage;

if (args is not ["--port", { } port, "--log", { } log] || !ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
{
    await Console.Error.WriteLineAsync("Usage: --port N --log FILE");
    return 2;
}

await using var tables = await DurableTables.OpenAsync(log);
await using var host = await TableHost.StartAsync(tables, number, CancellationToken.None);
await host.WaitForShutdownAsync();
return 0;

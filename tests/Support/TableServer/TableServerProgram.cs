using System.Globalization;
using Support.TableServer.Storage;

namespace Support.TableServer;

/// <summary>A table service whose acknowledged writes survive a kill.</summary>
internal static class TableServerProgram
{
    /// <summary>The first argument of <c>Support</c> that starts this program.</summary>
    public const string Name = "table-server";

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not ["--port", { } port, "--log", { } log] || !ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            await Console.Error.WriteLineAsync($"Usage: {Name} --port N --log FILE");
            return 2;
        }

        await using var tables = await DurableTables.OpenAsync(log);
        await using var host = await TableHost.StartAsync(tables, number, CancellationToken.None);
        await host.WaitForShutdownAsync();
        return 0;
    }
}

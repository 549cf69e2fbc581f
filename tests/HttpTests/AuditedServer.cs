using Support.Hosts;
using Support.Servers;

namespace HttpTests;

/// <summary>A host that records events and actions.</summary>
internal static class AuditedServer
{
    /// <summary>Starts one.</summary>
    public static async Task<SessionServerProcess> StartAsync()
    {
        var tables = await AzuriteServer.SharedAsync();
        var redis = await RedisServer.SharedAsync();
        var queues = await AzuriteQueues.SharedAsync();
        var settings = new Dictionary<string, string>
        {
            ["Events:Enabled"] = "true",
            ["Audit:Enabled"] = "true",
            ["AzureWebJobsStorage"] = queues.ConnectionString,
            ["EventQueue"] = await queues.CreateAsync(CancellationToken.None),
        };
        return await SessionServerProcess.StartAsync(TestedHost.Kind, tables.ConnectionString, redis.Address, settings, CancellationToken.None);
    }
}

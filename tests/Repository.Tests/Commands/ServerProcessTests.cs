using System.Diagnostics;
using System.Globalization;
using Support.Servers;

namespace Repository.Tests.Commands;

/// <summary>The processes of servers, on systems with a POSIX shell.</summary>
public sealed class ServerProcessTests
{
    [Fact]
    public async Task A_frozen_guard_is_killed_with_its_server()
    {
        var server = await ServerProcess.StartAsync(
            new ServerProgram("sleep", ["600"], "It comes with the system."), _ => Task.FromResult(true), CancellationToken.None);
        var guard = server.GuardId;
        Assert.Equal(0, await KillAsync("STOP", guard));

        await server.DisposeAsync();

        Assert.False(await IsRunningAsync(server.Id), "The server runs.");
        Assert.False(await IsRunningAsync(guard), "The guard runs.");
    }

    private static async Task<bool> IsRunningAsync(int id)
    {
        // Without a parent that reaps it, an ended process stays in the list as a zombie.
        var state = $"/proc/{id}/stat";
        return await KillAsync("0", id) == 0 && !(File.Exists(state) && (await File.ReadAllTextAsync(state)).Contains(") Z ", StringComparison.Ordinal));
    }

    private static async Task<int> KillAsync(string signal, int id)
    {
        string[] arguments = ["-c", "kill -s $1 $2 2>/dev/null", "kill", signal, id.ToString(CultureInfo.InvariantCulture)];
        using var kill = Process.Start("/bin/sh", arguments);
        await kill.WaitForExitAsync();
        return kill.ExitCode;
    }
}

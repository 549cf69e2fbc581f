using System.Globalization;
using Support.Servers;

namespace Bench.Runner.Servers;

/// <summary>A PostgreSQL on a free port whose folder goes with it. It does not wait for the disk: neither does the table store it is compared with.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private readonly ServerProcess _process;
    private readonly string _folder;

    private PostgresServer(int port, ServerProcess process, string folder)
    {
        Port = port;
        _process = process;
        _folder = folder;
    }

    public int Port { get; }

    /// <summary>The folder with <c>initdb</c> and <c>postgres</c>; null when there is none. Debian keeps them off the PATH.</summary>
    public static string? FindPrograms()
        => Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Max(StringComparer.Ordinal)
            : null;

    public static async Task<PostgresServer> StartAsync(CancellationToken cancellationToken)
    {
        var programs = FindPrograms() ?? throw new InvalidOperationException($"PostgreSQL is not here. {DjangoPackages.HowToInstall}");
        var folder = Directory.CreateTempSubdirectory("bench-postgres-").FullName;
        var port = FreePort.Next();
        if (Environment.IsPrivilegedProcess)
        {
            // PostgreSQL refuses to run as root; Debian's package brings a user for it.
            await Repository.RunAsync("/", "chown", ["postgres", folder], cancellationToken);
        }

        var initialise = AsPostgres([Path.Combine(programs, "initdb"), "--pgdata", folder, "--username", "postgres", "--auth", "trust"]);
        await Repository.RunAsync("/", initialise[0], initialise[1..], cancellationToken);
        var run = AsPostgres(
        [
            Path.Combine(programs, "postgres"), "-D", folder, "-p", port.ToString(CultureInfo.InvariantCulture), "-k", folder,
            "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off",
        ]);
        var process = await ServerProcess.StartAsync(
            new ServerProgram(run[0], run[1..], DjangoPackages.HowToInstall), token => AnswersAsync(programs, port, token), cancellationToken);
        return new PostgresServer(port, process, folder);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (IOException)
        {
            // Its worker processes may still be on their way out; the folder is in the system's temporary place.
        }
    }

    private static async Task<bool> AnswersAsync(string programs, int port, CancellationToken cancellationToken)
    {
        try
        {
            await Repository.RunAsync(
                "/", Path.Combine(programs, "pg_isready"), ["-q", "-h", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture)], cancellationToken);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static string[] AsPostgres(string[] command)
        => Environment.IsPrivilegedProcess ? ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups", .. command] : command;
}

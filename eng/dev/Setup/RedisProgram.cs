namespace Dev.Setup;

/// <summary>The redis-server program: found, or installed where this user may.</summary>
internal static class RedisProgram
{
    /// <summary>How to get it by hand.</summary>
    public const string HowToInstall =
        "Install redis-server 7 (Debian and Ubuntu: apt-get install redis-server; macOS: brew install redis; Windows: run this in WSL).";

    private const string Name = "redis-server";

    /// <summary>Finds redis-server, or installs it with apt as root.</summary>
    /// <returns>False when it is not to be had.</returns>
    public static async Task<bool> EnsureAsync(Progress progress, CancellationToken cancellationToken)
    {
        if (Tool.Exists(Name))
        {
            return true;
        }

        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess || !Tool.Exists("apt-get"))
        {
            return false;
        }

        using var step = progress.Begin("apt-get install redis-server", "once");
        (string, string)[] quiet = [("DEBIAN_FRONTEND", "noninteractive")];
        string[] install = ["install", "-y", "-q", "--no-install-recommends", Name];
        if (await Tool.RunAsync("apt-get", install, progress.Detail, cancellationToken, quiet) != 0)
        {
            // A fresh machine has no package lists, or old ones.
            await Tool.RunAsync("apt-get", ["update", "-q"], progress.Detail, cancellationToken, quiet);
            await Tool.RunAsync("apt-get", install, progress.Detail, cancellationToken, quiet);
        }

        return Tool.Exists(Name);
    }
}

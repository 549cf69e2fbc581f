namespace Dev.Setup;

/// <summary>The redis-server program.</summary>
internal static class RedisProgram
{
    /// <summary>How to get it by hand.</summary>
    public const string HowToInstall =
        "Install redis-server 7 (Debian and Ubuntu: apt-get install redis-server; macOS: brew install redis; Windows: run this in WSL).";

    private const string Name = "redis-server";

    private static readonly SystemPackage Package = new(Name, _ => Task.FromResult(Tool.Exists(Name)));

    /// <inheritdoc cref="SystemPackage.EnsureAsync"/>
    public static Task<bool> EnsureAsync(Progress progress, bool mayInstall, CancellationToken cancellationToken) =>
        Package.EnsureAsync(progress, mayInstall, cancellationToken);
}

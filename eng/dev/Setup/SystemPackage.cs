namespace Dev.Setup;

/// <summary>A package of the system: found, or installed with the user's consent.</summary>
/// <param name="package">Its name for apt-get.</param>
/// <param name="isThere">Whether what it brings is there.</param>
internal sealed class SystemPackage(string package, Func<CancellationToken, Task<bool>> isThere)
{
    /// <summary>The argument that stands for "yes" to the question.</summary>
    public const string Yes = "--yes";

    /// <summary>Gets the line of that argument in the usage.</summary>
    public static CommandOption YesOption { get; } = new(Yes, "installs missing system packages with apt-get without asking");

    /// <summary>Finds it, or installs it with apt as root after asking.</summary>
    /// <param name="progress">Receives progress messages.</param>
    /// <param name="mayInstall">Whether it is installed without asking; so it is where CI is set.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False when it is not available.</returns>
    public async Task<bool> EnsureAsync(Progress progress, bool mayInstall, CancellationToken cancellationToken)
    {
        if (await isThere(cancellationToken))
        {
            return true;
        }

        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess || !Tool.Exists("apt-get"))
        {
            return false;
        }

        var consent = ConsentOf(mayInstall, Environment.GetEnvironmentVariable("CI"), hasTerminal: !Console.IsInputRedirected);
        if (consent is Consent.Refused)
        {
            progress.Line($"{package} is not installed. Pass {Yes} to install it with apt-get.");
            return false;
        }

        if (consent is Consent.Unknown && !await AsksAsync(progress, cancellationToken))
        {
            return false;
        }

        using var step = progress.Begin($"apt-get install {package}", "once");
        (string, string)[] quiet = [("DEBIAN_FRONTEND", "noninteractive")];
        string[] install = ["install", "-y", "-q", "--no-install-recommends", package];
        if (await Tool.RunAsync("apt-get", install, progress.Detail, cancellationToken, quiet) != 0)
        {
            // A fresh machine has no package lists, or old ones.
            await Tool.RunAsync("apt-get", ["update", "-q"], progress.Detail, cancellationToken, quiet);
            await Tool.RunAsync("apt-get", install, progress.Detail, cancellationToken, quiet);
        }

        return await isThere(cancellationToken);
    }

    /// <summary>Says whether a package may be installed. A machine of CI is there to be installed on.</summary>
    /// <param name="mayInstall">Whether the command line allows it.</param>
    /// <param name="ci">The variable CI; null when it is not set.</param>
    /// <param name="hasTerminal">Whether a user can answer a question.</param>
    internal static Consent ConsentOf(bool mayInstall, string? ci, bool hasTerminal)
    {
        if (mayInstall || ci is { Length: > 0 } and not "false")
        {
            return Consent.Given;
        }

        return hasTerminal ? Consent.Unknown : Consent.Refused;
    }

    private async Task<bool> AsksAsync(Progress progress, CancellationToken cancellationToken)
    {
        progress.Line($"{package} is not installed. Install it now with 'apt-get install {package}'? [y/N]");

        // A terminal's read takes no token.
        var answer = await Task.Run(Console.ReadLine, cancellationToken).WaitAsync(cancellationToken);
        return answer?.Trim().ToUpperInvariant() is "Y" or "YES";
    }
}

/// <summary>Whether a system package may be installed.</summary>
internal enum Consent
{
    /// <summary>The user has to be asked.</summary>
    Unknown,

    /// <summary>It may.</summary>
    Given,

    /// <summary>It may not, because there is no terminal to ask on.</summary>
    Refused,
}

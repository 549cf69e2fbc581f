namespace Dev.Setup;

/// <summary>The Python that has Django, for the tests of the Python package.</summary>
internal static class PythonProgram
{
    private const string HowToInstall =
        "The tests of clients/python need Python 3.9 or later with Django. Install them (Debian and Ubuntu: apt-get install python3-django; "
        + "elsewhere: pip install django).";

    // Debian's packages belong to its own Python, which need not be the first on the PATH.
    private static readonly string[] Candidates = OperatingSystem.IsWindows() ? ["python", "py"] : ["/usr/bin/python3", "python3", "python"];

    private static readonly SystemPackage Django = new("python3-django", async token => await FindAsync("django", token) is not null);

    /// <summary>Finds the Python, or installs Django for it.</summary>
    /// <returns>The program.</returns>
    /// <exception cref="InvalidOperationException">There is none; the message has the remedy.</exception>
    public static async Task<string> EnsureAsync(Progress progress, bool mayInstall, CancellationToken cancellationToken) =>
        await Django.EnsureAsync(progress, mayInstall, cancellationToken) && await FindAsync("django", cancellationToken) is { } program
            ? program
            : throw new InvalidOperationException(HowToInstall);

    /// <summary>Finds a Python that has modules.</summary>
    /// <param name="modules">Their names, separated by commas.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null when there is none.</returns>
    public static async Task<string?> FindAsync(string modules, CancellationToken cancellationToken)
    {
        foreach (var candidate in Candidates)
        {
            if (await Tool.RunAsync(candidate, ["-c", $"import sys, {modules}; sys.exit(sys.version_info < (3, 9))"], _ => { }, cancellationToken) == 0)
            {
                return candidate;
            }
        }

        return null;
    }
}

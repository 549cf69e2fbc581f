namespace Bench.Runner.Servers;

/// <summary>The Debian packages that the Django peer needs; it is left out where they are not installed.</summary>
internal static class DjangoPackages
{
    public const string HowToInstall =
        "Debian: apt-get install python3-django python3-django-redis python3-psycopg2 gunicorn postgresql";

    /// <summary>Gets the interpreter that Debian's packages belong to, which need not be the first on the PATH.</summary>
    public static string Python => File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

    public static async Task<bool> AreInstalledAsync(CancellationToken cancellationToken)
    {
        if (PostgresServer.FindPrograms() is null)
        {
            return false;
        }

        try
        {
            await Repository.RunAsync(".", Python, ["-c", "import django, django_redis, psycopg2, gunicorn"], cancellationToken);
            return true;
        }
        catch (Exception failure) when (failure is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}

using System.Text.Json;
using Support.Hosts;

namespace Dev.Up;

/// <summary>The keys of a development machine, and the settings that let them in.</summary>
/// <param name="Service">A key that may do everything a service may.</param>
/// <param name="Operator">A key for maintenance.</param>
/// <param name="Settings">The key ring and the hashes of both keys, by their names in configuration.</param>
internal sealed record DevelopmentKeys(string Service, string Operator, IReadOnlyDictionary<string, string> Settings)
{
    private const string Ring = "Keys:";
    private const string ServiceKeys = "ServiceKeys:";
    private static readonly TimeSpan Reserve = TimeSpan.FromDays(1);

    /// <summary>Draws new ones.</summary>
    public static DevelopmentKeys New()
    {
        var drawn = new HostConfiguration(tables: string.Empty, redis: null);
        return new DevelopmentKeys(
            drawn.Service.Reveal(),
            drawn.Operator.Reveal(),
            drawn.Settings.Where(setting => IsOfRing(setting.Key) || setting.Key.StartsWith(ServiceKeys, StringComparison.Ordinal))
                .ToDictionary(StringComparer.Ordinal));
    }

    /// <summary>
    /// Reads the keys of an earlier run, or creates and stores new ones. Service keys that expire within a day are replaced; the ring
    /// is kept.
    /// </summary>
    /// <param name="path">The file; only this user may read it.</param>
    /// <param name="timeProvider">Tells when a key ends.</param>
    public static DevelopmentKeys LoadOrDraw(string path, TimeProvider timeProvider)
    {
        var kept = Load(path);
        if (kept is not null && kept.Settings.TryGetValue("ServiceKeys:0:ExpiresAt", out var end)
            && DateTimeOffset.Parse(end, System.Globalization.CultureInfo.InvariantCulture) > timeProvider.GetUtcNow() + Reserve)
        {
            return kept;
        }

        var drawn = New();
        if (kept is not null)
        {
            var settings = drawn.Settings.Where(setting => !IsOfRing(setting.Key)).Concat(kept.Settings.Where(setting => IsOfRing(setting.Key)));
            drawn = drawn with { Settings = settings.ToDictionary(StringComparer.Ordinal) };
        }

        drawn.Save(path);
        return drawn;
    }

    /// <summary>Gives settings with these keys in place of their own.</summary>
    public IReadOnlyDictionary<string, string> ApplyTo(IReadOnlyDictionary<string, string> settings)
    {
        var all = new Dictionary<string, string>(settings, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in Settings)
        {
            all[name] = value;
        }

        return all;
    }

    private static bool IsOfRing(string name) => name.StartsWith(Ring, StringComparison.Ordinal);

    private static DevelopmentKeys? Load(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<DevelopmentKeys>(File.ReadAllBytes(path)) : null;
        }
        catch (JsonException e)
        {
            throw new InvalidOperationException(
                $"{path} cannot be read. Run 'dotnet dev.cs up --fresh' to create new keys; the data under the old ones is deleted.", e);
        }
    }

    private void Save(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        JsonSerializer.Serialize(file, this);
    }
}

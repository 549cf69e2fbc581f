namespace SessionCore.Sessions;

/// <summary>A readable name of a device, such as "Safari on iPhone".</summary>
/// <remarks>
/// It is a help for the user's eyes and nothing else: clients choose what they send. Every word of it is from <see cref="UserAgents"/>, so
/// nothing that a client sends reaches a page by this way.
/// </remarks>
internal static class DeviceName
{
    private const string Unknown = "Unknown device";
    private const string UnknownBrowser = "Browser";

    /// <summary>Names a device: by its label, else by its client hints and its user agent.</summary>
    /// <returns>Null when nothing is known of it.</returns>
    public static string? Of(SessionDevice? device)
    {
        if (!string.IsNullOrWhiteSpace(device?.Label))
        {
            return device.Label;
        }

        var agent = device?.UserAgent ?? "";
        var (brands, platform, mobile) = device?.Hints ?? default;
        if (agent.Length == 0 && string.IsNullOrEmpty(brands) && string.IsNullOrEmpty(platform))
        {
            return null;
        }

        if (Find(UserAgents.Programs, agent) is { } program)
        {
            return program;
        }

        var system = SystemOf(agent, platform, mobile);
        var browser = BrowserOf(agent, brands, system);
        return (browser, system) switch
        {
            (null, null) => Unknown,
            (null, _) => $"{UnknownBrowser} on {system}",
            (_, null) => browser,
            _ => $"{browser} on {system}",
        };
    }

    private static string? BrowserOf(string agent, string? brands, string? system)
    {
        if (Find(UserAgents.Brands, brands ?? "") is { } brand)
        {
            return brand;
        }

        // Before Chrome, the browser of Android called itself Safari.
        var browser = Find(UserAgents.Browsers, agent);
        return browser == UserAgents.Safari && system?.StartsWith(UserAgents.Android, StringComparison.Ordinal) == true ? "Android Browser" : browser;
    }

    private static string? SystemOf(string agent, string? platform, string? mobile)
    {
        var told = Find(UserAgents.Platforms, platform ?? "");
        var system = told ?? Find(UserAgents.Systems, agent);
        if (system != UserAgents.Android)
        {
            return system;
        }

        // The usual browsers leave "Mobile" out on tablets.
        var isPhone = mobile switch
        {
            "?1" => true,
            "?0" => false,
            _ => agent.Contains("Mobi", StringComparison.Ordinal)
                || !(agent.Contains("Safari/", StringComparison.Ordinal) || agent.Contains("Tablet", StringComparison.Ordinal)),
        };
        return isPhone ? UserAgents.Android : UserAgents.Android + " tablet";
    }

    private static string? Find((string Mark, string Name)[] table, string text)
    {
        foreach (var (mark, name) in table)
        {
            if (text.Contains(mark, StringComparison.Ordinal))
            {
                return name;
            }
        }

        return null;
    }
}

using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace SessionFunctions.Client.Registration;

/// <summary>Reads the options from configuration, by name and without reflection.</summary>
internal static class SessionsClientConfiguration
{
    /// <summary>Reads a section.</summary>
    /// <exception cref="OptionsValidationException">A value cannot be read.</exception>
    public static void Read(IConfiguration section, SessionsClientOptions options)
    {
        options.BaseAddress = section[nameof(options.BaseAddress)] is { } address ? AddressOf(address) : options.BaseAddress;
        options.ServiceKey = section[nameof(options.ServiceKey)] ?? options.ServiceKey;
        options.Scope = section[nameof(options.Scope)] ?? options.Scope;
        options.Timeout = Time(section, nameof(options.Timeout)) ?? options.Timeout;
        options.BreakDuration = Time(section, nameof(options.BreakDuration)) ?? options.BreakDuration;
        if (section[nameof(options.MaxRetries)] is { } retries)
        {
            options.MaxRetries = int.TryParse(retries, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw Unreadable(nameof(options.MaxRetries), "a whole number");
        }
    }

    /// <summary>An address as text; relative when it is none, which the validator refuses.</summary>
    public static Uri AddressOf(string text) => new(text, UriKind.RelativeOrAbsolute);

    private static TimeSpan? Time(IConfiguration section, string name) => section[name] switch
    {
        null => null,
        { } text when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) => time,
        _ => throw Unreadable(name, "a time such as 00:00:03"),
    };

    private static OptionsValidationException Unreadable(string name, string allowed) =>
        new(nameof(SessionsClientOptions), typeof(SessionsClientOptions), [$"{name} of the session API's client must be {allowed}."]);
}

/// <summary>Completes the options from the variables that every client of the API knows.</summary>
internal sealed class SessionsClientVariables(IServiceProvider services) : IPostConfigureOptions<SessionsClientOptions>
{
    private readonly IConfiguration? _configuration = services.GetService(typeof(IConfiguration)) as IConfiguration;

    public void PostConfigure(string? name, SessionsClientOptions options)
    {
        if (options.BaseAddress is null && _configuration?["SESSIONS_URL"] is { Length: > 0 } address)
        {
            options.BaseAddress = SessionsClientConfiguration.AddressOf(address);
        }

        if (options.ServiceKey is null && options.Credential is null)
        {
            options.ServiceKey = _configuration?["SESSIONS_KEY"];
        }
    }
}

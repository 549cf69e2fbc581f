using Microsoft.Extensions.Configuration;

namespace SessionCore.Configuration;

/// <summary>Configuration section of options.</summary>
/// <typeparam name="TOptions">The options.</typeparam>
/// <param name="section">The section's name.</param>
/// <param name="part">Selects the part of the options that the section sets.</param>
internal sealed class OptionsSource<TOptions>(string section, Func<TOptions, object> part)
{
    public string Section => section;

    /// <summary>Sets the readable options and returns the faults of the others.</summary>
    public IReadOnlyList<OptionFault> Read(IConfiguration configuration, TOptions options) =>
        OptionsReader.Read(configuration.GetSection(section), part(options));
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace SessionCore.Configuration;

/// <summary>Registers options that come from configuration.</summary>
public static class ConfiguredOptionsExtensions
{
    /// <summary>
    /// Adds options that are set from a section and checked when the host starts. Unreadable values, unknown names and invalid values
    /// are reported together, each on a line that begins with the option.
    /// </summary>
    /// <typeparam name="TOptions">The options.</typeparam>
    /// <typeparam name="TRules">The validator of their values.</typeparam>
    /// <param name="services">The host's services.</param>
    /// <param name="section">The section's name.</param>
    /// <param name="part">The part that the section sets; null for the options themselves.</param>
    public static OptionsBuilder<TOptions> AddConfiguredOptions<TOptions, TRules>(
        this IServiceCollection services, string section, Func<TOptions, object>? part = null)
        where TOptions : class, new()
        where TRules : class, IValidateOptions<TOptions>
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton<TRules>();
        services.TryAddSingleton(new OptionsSource<TOptions>(section, part ?? (static options => options)));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TOptions>, ConfiguredOptionsValidator<TOptions, TRules>>());
        return services.AddOptions<TOptions>()
            .Configure<IConfiguration, OptionsSource<TOptions>>(static (options, configuration, source) => source.Read(configuration, options))
            .ValidateOnStart();
    }
}

using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace SessionCore.Configuration;

/// <summary>Reports unreadable and invalid values together.</summary>
internal sealed partial class ConfiguredOptionsValidator<TOptions, TRules>(IConfiguration configuration, OptionsSource<TOptions> source, TRules rules)
    : IValidateOptions<TOptions>
    where TOptions : class, new()
    where TRules : class, IValidateOptions<TOptions>
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var unreadable = source.Read(configuration, new TOptions());

        // The generated validators prefix an option with the instance name they get.
        var broken = rules.Validate(source.Section, options).Failures ?? [];

        // An unreadable option still has its default, so a fault in that default would be misleading.
        var lines = broken.Select(Line).Where(line => !unreadable.Any(fault => line.Contains(fault.Path, StringComparison.OrdinalIgnoreCase)));
        string[] all = [.. unreadable.Select(fault => fault.ToString()), .. lines];
        return all.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(all);
    }

    // "TryTimeout: The field Tables.TryTimeout must be …" and "Grace: Maintenance:Grace (…) may …" begin with the option here.
    private string Line(string failure)
    {
        if (Annotation().Match(failure) is { Success: true } annotation)
        {
            return $"{annotation.Groups["path"].Value.Replace('.', ':')} {annotation.Groups["rule"].Value}";
        }

        var path = failure.IndexOf(source.Section + ":", StringComparison.Ordinal);
        return path > 0 && failure.AsSpan(0, path).EndsWith(": ") && !failure.AsSpan(0, path - 2).Contains(' ') ? failure[path..] : failure;
    }

    [GeneratedRegex(@"\A\w+: The (?:field )?(?<path>[\w.]+) (?:field )?(?<rule>(?:must|is) .*)\z", RegexOptions.NonBacktracking)]
    private static partial Regex Annotation();
}

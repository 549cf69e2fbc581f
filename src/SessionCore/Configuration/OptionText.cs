using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace SessionCore.Configuration;

/// <summary>Parser of an option's value.</summary>
internal static class OptionText
{
    // Longer than any value that is not a string, and shorter than a key, so that a secret under the wrong name is not shown.
    private const int MaxShown = 32;

    /// <summary>Reads a value.</summary>
    /// <param name="text">The text; surrounding white space is significant for strings only.</param>
    /// <param name="type">The option's type.</param>
    /// <param name="member">The option, which may have a range; null for an entry of a list.</param>
    /// <param name="value">The value; null on a fault.</param>
    /// <returns>Null on success, otherwise the fault and the allowed values.</returns>
    public static string? Read(string text, Type type, MemberInfo? member, out object? value)
    {
        value = null;
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
        {
            value = text;
            return null;
        }

        var trimmed = text.Trim();
        if (type == typeof(TimeSpan))
        {
            var wrong = Duration.Read(trimmed, out var duration);
            value = wrong is null ? duration : null;
            return wrong is null ? null : $"{Shown(trimmed)} {wrong}";
        }

        if (type.IsEnum)
        {
            var name = Array.Find(Enum.GetNames(type), candidate => candidate.Equals(trimmed, StringComparison.OrdinalIgnoreCase));
            value = name is null ? null : Enum.Parse(type, name);
            return name is null ? $"{Shown(trimmed)} is not allowed. Allowed: {string.Join(", ", Enum.GetNames(type))}." : null;
        }

        (value, var allowed) = type switch
        {
            _ when type == typeof(bool) => (bool.TryParse(trimmed, out var flag) ? (object)flag : null, "true or false"),
            _ when type == typeof(int) =>
                (int.TryParse(trimmed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null, Numbers(member, int.MinValue, int.MaxValue)),
            _ when type == typeof(uint) =>
                (uint.TryParse(trimmed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null, Numbers(member, uint.MinValue, uint.MaxValue)),
            _ when type == typeof(DateTimeOffset) =>
                (Rfc3339.TryParse(trimmed, out var instant) ? instant : null,
                "an instant in RFC 3339, such as 2030-01-31T00:00:00Z"),
            _ => throw new NotSupportedException($"An option of the type {type.Name} cannot be read from configuration."),
        };
        return value is null ? $"{Shown(trimmed)} is not {allowed}." : null;
    }

    private static string Numbers(MemberInfo? member, long least, long most)
    {
        var range = member?.GetCustomAttribute<RangeAttribute>();
        return string.Create(CultureInfo.InvariantCulture, $"a whole number from {range?.Minimum ?? least} to {range?.Maximum ?? most}");
    }

    private static string Shown(string text) => text.Length switch
    {
        0 => "An empty value",
        <= MaxShown => $"'{text}'",
        _ => string.Create(CultureInfo.InvariantCulture, $"A value of {text.Length} characters"),
    };
}

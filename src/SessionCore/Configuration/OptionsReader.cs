using System.Collections;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace SessionCore.Configuration;

/// <summary>
/// Sets options from configuration. Replaces the platform's binder, which stops at the first unreadable value, silently ignores unknown
/// names and unreadable list entries, and reads <c>24:00:00</c> as 24 days.
/// </summary>
internal sealed class OptionsReader
{
    private readonly List<OptionFault> _faults = [];

    private OptionsReader()
    {
    }

    /// <summary>Sets the readable options; options that are absent from the configuration keep their value.</summary>
    /// <param name="section">The section of the options.</param>
    /// <param name="options">An object with properties, or a list.</param>
    /// <returns>Every fault, in the order of the configuration.</returns>
    /// <exception cref="NotSupportedException">The type of an option is not supported.</exception>
    public static IReadOnlyList<OptionFault> Read(IConfigurationSection section, object options)
    {
        var reader = new OptionsReader();
        if (options is IList list)
        {
            reader.ReadList(section, list, options.GetType());
        }
        else
        {
            reader.ReadMembers(section, options);
        }

        return reader._faults;
    }

    /// <summary>Returns the properties that configuration can set.</summary>
    public static IEnumerable<PropertyInfo> MembersOf(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod?.IsPublic == true || property.PropertyType.IsGenericType);

    private void ReadMembers(IConfigurationSection section, object target)
    {
        var members = MembersOf(target.GetType()).ToArray();
        foreach (var child in section.GetChildren())
        {
            var member = Array.Find(members, candidate => candidate.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase));
            if (member is null)
            {
                Add(child, $"Unknown option. Allowed in {section.Path}: {string.Join(", ", members.Select(known => known.Name))}.");
            }
            else
            {
                ReadMember(child, member, target);
            }
        }
    }

    private void ReadMember(IConfigurationSection section, PropertyInfo member, object target)
    {
        var type = member.PropertyType;
        if (member.GetValue(target) is IDictionary dictionary)
        {
            ReadDictionary(section, dictionary, type);
        }
        else if (member.GetValue(target) is IList list)
        {
            ReadList(section, list, type);
        }
        else if (IsObject(type))
        {
            if (IsShapeOf(section, "members, such as " + section.Path + ":" + MembersOf(type).First().Name))
            {
                ReadMembers(section, member.GetValue(target)!);
            }
        }
        else if (ReadScalar(section, type, member) is { } value)
        {
            member.SetValue(target, value);
        }
    }

    private void ReadList(IConfigurationSection section, IList list, Type type)
    {
        var item = type.GetGenericArguments()[0];
        if (IsShapeOf(section, $"a list: {section.Path}:0, {section.Path}:1 and so on"))
        {
            foreach (var child in section.GetChildren())
            {
                if (ReadItem(child, item) is { } value)
                {
                    list.Add(value);
                }
            }
        }
    }

    private void ReadDictionary(IConfigurationSection section, IDictionary dictionary, Type type)
    {
        var item = type.GetGenericArguments()[1];
        if (IsShapeOf(section, $"names: {section.Path}:NAME"))
        {
            foreach (var child in section.GetChildren())
            {
                if (ReadItem(child, item) is { } value)
                {
                    dictionary[child.Key] = value;
                }
            }
        }
    }

    // An entry with faults is kept, so that its other members are checked and later entries keep their indexes.
    private object? ReadItem(IConfigurationSection section, Type type)
    {
        if (type.IsGenericType)
        {
            var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(type.GetGenericArguments()))!;
            ReadList(section, list, type);
            return list;
        }

        if (!IsObject(type))
        {
            return ReadScalar(section, type, member: null);
        }

        var item = Activator.CreateInstance(type)!;
        if (IsShapeOf(section, "members, such as " + section.Path + ":" + MembersOf(type).First().Name))
        {
            ReadMembers(section, item);
        }

        return item;
    }

    private object? ReadScalar(IConfigurationSection section, Type type, PropertyInfo? member)
    {
        if (section.GetChildren().Any())
        {
            Add(section, $"Must be a single value, but {section.GetChildren().First().Path} is set.");
            return null;
        }

        if (section.Value is not { } text)
        {
            return null;
        }

        var fault = OptionText.Read(text, type, member, out var value);
        if (fault is not null)
        {
            Add(section, fault);
        }

        return value;
    }

    // The JSON provider represents an empty list or object as an empty value.
    private bool IsShapeOf(IConfigurationSection section, string shape)
    {
        if (string.IsNullOrEmpty(section.Value))
        {
            return true;
        }

        Add(section, $"Takes {shape}.");
        return false;
    }

    private static bool IsObject(Type type) => type.IsClass && type != typeof(string);

    private void Add(IConfigurationSection section, string text) => _faults.Add(new OptionFault(section.Path, text));
}

using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using SessionApi;
using SessionCore.Operations;
using SessionServer.OperatorConsole;

namespace SessionServer.Tests.Documents;

/// <summary>A table of options for each section: name, default and range, and purpose, from the code's own documentation.</summary>
internal static partial class OptionRows
{
    private static readonly Assembly[] Assemblies = [typeof(SessionService).Assembly, typeof(Dispatcher).Assembly, typeof(ConsoleOptions).Assembly];

    public static IEnumerable<string> All()
    {
        var documentation = Assemblies.SelectMany(ReadDocumentation).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        var sections = Assemblies
            .SelectMany(assembly => assembly.GetExportedTypes())
            .Select(type => (Type: type, Section: type.GetField("SectionName", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string))
            .Where(pair => pair.Section is not null)
            .OrderBy(pair => pair.Section, StringComparer.Ordinal);
        foreach (var (type, section) in sections)
        {
            yield return "";
            yield return $"## {section}";
            yield return "";
            yield return "| option | value | what it is |";
            yield return "|---|---|---|";
            foreach (var row in RowsOf(Activator.CreateInstance(type)!, section!, documentation))
            {
                yield return row;
            }
        }

        yield return "";
    }

    private static IEnumerable<string> RowsOf(object options, string path, Dictionary<string, XElement> documentation)
    {
        var type = options.GetType();
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(IsBound))
        {
            var name = $"{path}:{property.Name}";
            var item = property.PropertyType.IsGenericType ? property.PropertyType.GetGenericArguments()[^1] : null;
            var entry = documentation[$"P:{type.FullName}.{property.Name}"];

            // A list that is bound from its section itself has no name of its own.
            var listPath = name.EndsWith(":Keys", StringComparison.Ordinal) && path == "ServiceKeys" ? path : name;
            yield return $"| `{listPath}` | {Text(entry.Element("value"))}{Example(property.GetValue(options))} | {What(entry.Element("summary"))} |";
            var nested = IsOwn(property.PropertyType) ? property.PropertyType : item;
            if (nested is not null && IsOwn(nested))
            {
                var entries = nested == item ? Activator.CreateInstance(nested)! : property.GetValue(options)!;
                var key = property.GetValue(options) is IDictionary ? "NAME" : "0";
                foreach (var row in RowsOf(entries, nested == item ? $"{listPath}:{key}" : name, documentation))
                {
                    yield return row;
                }
            }
        }
    }

    // How the default is written, in both forms that are read.
    private static string Example(object? value) =>
        value is TimeSpan duration ? $" Written `{duration.ToString("c", CultureInfo.InvariantCulture)}` or `{XmlConvert.ToString(duration)}`." : "";

    private static bool IsBound(PropertyInfo property) => property.SetMethod?.IsPublic == true || property.PropertyType.IsGenericType;

    private static bool IsOwn(Type type) => type is { IsClass: true } && Assemblies.Contains(type.Assembly);

    private static IEnumerable<KeyValuePair<string, XElement>> ReadDocumentation(Assembly assembly) =>
        XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member").Select(member => KeyValuePair.Create(member.Attribute("name")!.Value, member));

    private static string What(XElement? summary)
    {
        var text = Beginning().Replace(Text(summary), "");
        return char.ToUpperInvariant(text[0]) + text[1..];
    }

    private static string Text(XElement? element)
    {
        if (element is null)
        {
            return "";
        }

        var parts = element.Nodes().Select(node => node switch
        {
            XElement { Name.LocalName: "see" } see => $"`{(see.Attribute("langword") ?? see.Attribute("cref"))!.Value.Split('.', ':')[^1]}`",
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            _ => node is XText text ? text.Value : ((XElement)node).Value,
        });
        return Space().Replace(string.Concat(parts), " ").Trim().Replace("|", "\\|", StringComparison.Ordinal);
    }

    [GeneratedRegex("^Gets( or sets)? (a value indicating )?")]
    private static partial Regex Beginning();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}

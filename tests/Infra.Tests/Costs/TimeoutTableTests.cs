using System.Globalization;
using System.Reflection;
using SessionCore.Tables;

namespace Infra.Tests.Costs;

public sealed class TimeoutTableTests
{
    private static readonly Dictionary<string, Type> Sections = typeof(TableStorageOptions).Assembly.GetExportedTypes()
        .Select(type => (Type: type, Name: type.GetField("SectionName", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string))
        .Where(section => section.Name is not null)
        .ToDictionary(section => section.Name!, section => section.Type, StringComparer.Ordinal);

    public static TheoryData<string, string> Rows
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var row in OperationsPage.Table("option", "default", "bounds"))
            {
                rows.Add(row[0], row[1]);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_page_gives_the_default_of_the_code(string option, string value)
    {
        var type = Sections[option.Split(':')[0]];
        var property = type.GetProperty(option.Split(':')[1]) ?? throw new InvalidOperationException($"There is no option {option}.");

        Assert.Equal(value, Convert.ToString(property.GetValue(Activator.CreateInstance(type)), CultureInfo.InvariantCulture));
    }
}

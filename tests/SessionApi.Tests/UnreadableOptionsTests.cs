using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SessionCore;
using SessionCore.Caching;
using SessionCore.Operations;
using SessionCore.Tables;

namespace SessionApi.Tests;

/// <summary>Every option of both hosts: unreadable values are reported at start, by name, together with all other faults.</summary>
public sealed class UnreadableOptionsTests
{
    private static readonly Type[] OptionTypes =
    [
        .. new[] { typeof(SessionService), typeof(Dispatcher) }
            .SelectMany(type => type.Assembly.GetExportedTypes())
            .Where(type => type.GetField("SectionName", BindingFlags.Public | BindingFlags.Static) is not null),
    ];

    public static TheoryData<string> Durations => [.. Paths().Where(option => option.Type == typeof(TimeSpan)).Select(option => option.Path)];

    [Theory]
    [MemberData(nameof(Durations))]
    public void Twenty_four_hours_are_never_twenty_four_days(string option)
    {
        Assert.StartsWith($"{option}: '24:00:00' has 24 hours", Assert.Single(Faults((option, "24:00:00"))), StringComparison.Ordinal);
        Assert.StartsWith($"{option}: '24' has no unit", Assert.Single(Faults((option, "24"))), StringComparison.Ordinal);
        Assert.StartsWith($"{option}: '1 day' is not a duration", Assert.Single(Faults((option, "1 day"))), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Durations))]
    public void A_duration_of_either_form_is_read_and_its_range_kept(string option)
    {
        var clock = Faults((option, "999.00:00:00"));
        var iso = Faults((option, "PT23976H"));

        Assert.Equal(clock, iso);
        Assert.StartsWith($"{option} must be between ", clock[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Every_option_that_cannot_be_read_is_told_at_once()
    {
        var unreadable = Paths().Where(option => option.Type != typeof(string)).Select(option => option.Path).ToArray();

        var faults = Faults([.. unreadable.Select(path => (path, "?"))]);

        Assert.True(unreadable.Length > 40, $"Only {unreadable.Length} options were found.");
        Assert.All(unreadable, path => Assert.Single(faults, fault => fault.StartsWith(path + ": '?' is not ", StringComparison.Ordinal)));
        Assert.All(faults, fault => Assert.DoesNotContain('\n', fault));
    }

    [Fact]
    public void An_unknown_name_in_any_section_is_told()
    {
        var misspelt = OptionTypes.Select(type => $"{SectionOf(type)}{(SectionOf(type) == "ServiceKeys" ? ":0" : "")}:Misspelt").ToArray();

        var faults = Faults([.. misspelt.Select(path => (path, "1"))]);

        Assert.All(misspelt, path => Assert.Single(faults, fault => fault.StartsWith(path + ": Unknown option.", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_list_entry_that_cannot_be_read_is_told_beside_what_else_is_wrong()
    {
        var faults = Faults(("ServiceKeys:0:ExpiresAt", "gestern"), ("ServiceKeys:0:Id", "a"), ("RateLimit:Burst", "0"), ("Sessions:Retention", "48:00:00"));

        Assert.Single(faults, fault => fault.StartsWith("ServiceKeys:0:ExpiresAt: 'gestern' is not an instant", StringComparison.Ordinal));
        Assert.DoesNotContain(faults, fault => fault.Contains("ExpiresAt is missing", StringComparison.Ordinal));
        Assert.Single(faults, fault => fault.StartsWith("ServiceKeys:0:Hash must be ", StringComparison.Ordinal));
        Assert.Single(faults, fault => fault == "RateLimit:Burst must be between 1 and 1000000.");
        Assert.Single(faults, fault => fault == "Sessions:Retention: '48:00:00' has 48 hours, and hours must be below 24. Write 2.00:00:00 or PT48H.");
    }

    private static string[] Faults(params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Tables:ConnectionString"] = "UseDevelopmentStorage=true",
            ["Keys:Ring:0:Id"] = "1",
            ["Keys:Ring:0:Key"] = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
            ["Keys:Ring:0:State"] = "Active",
            ["Events:Enabled"] = "true",
            ["Events:Targets:web:Url"] = "https://example.com/hook",
            ["Events:Targets:web:Secret"] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(all).Build())
            .AddTableStorage()
            .AddSessionCache()
            .AddSessionCore()
            .AddSessionApi()
            .BuildServiceProvider();
        var thrown = Record.Exception(services.GetRequiredService<IStartupValidator>().Validate);
        return thrown switch
        {
            OptionsValidationException one => [.. one.Failures],
            AggregateException several => [.. several.InnerExceptions.Cast<OptionsValidationException>().SelectMany(one => one.Failures)],
            _ => [],
        };
    }

    private static IEnumerable<(string Path, Type Type)> Paths() => OptionTypes.SelectMany(type => PathsOf(type, SectionOf(type)));

    private static IEnumerable<(string Path, Type Type)> PathsOf(Type type, string path)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod?.IsPublic == true || property.PropertyType.IsGenericType))
        {
            var member = type.Name == "ServiceKeysOptions" ? path : $"{path}:{property.Name}";
            var (own, ownPath) = property.PropertyType switch
            {
                { IsGenericType: true } list when list.GetGenericTypeDefinition() == typeof(IList<>) => (list.GetGenericArguments()[0], member + ":0"),
                { IsGenericType: true } named when named.GetGenericTypeDefinition() == typeof(IDictionary<,>) => (named.GetGenericArguments()[1], member + ":web"),
                var single => (Nullable.GetUnderlyingType(single) ?? single, member),
            };
            if (own is { IsGenericType: true, IsInterface: true })
            {
                continue;
            }

            foreach (var option in own.IsClass && own != typeof(string) ? PathsOf(own, ownPath) : [(ownPath, own)])
            {
                yield return option;
            }
        }
    }

    private static string SectionOf(Type type) => (string)type.GetField("SectionName")!.GetRawConstantValue()!;
}

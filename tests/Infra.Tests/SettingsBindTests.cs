using System.Reflection;
using Infra.Tests.Bicep;
using Infra.Tests.Rules;
using SessionApi.Callers;
using SessionCore.Protection;

namespace Infra.Tests;

/// <summary>Every setting of the template is the name of an option.</summary>
[Collection(SharedCompiler.Name)]
public sealed class SettingsBindTests(BicepCompiler compiler)
{
    private const string ClientAddressHeader = "RateLimit__ClientAddressHeader";

    private static readonly string[] OfThePlatform = ["APPLICATIONINSIGHTS_", "AZURE_CLIENT_ID", "AzureWebJobs.", "AzureWebJobsStorage__", "EventQueue", "EventSchedule", "PurgeSchedule", "RebuildSchedule"];

    private static readonly Dictionary<string, Type> Sections = new[] { typeof(KeyRingOptions).Assembly, typeof(ServiceKeysOptions).Assembly }
        .SelectMany(assembly => assembly.GetExportedTypes())
        .Select(type => (Type: type, Name: type.GetField("SectionName", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string))
        .Where(section => section.Name is not null)
        .ToDictionary(section => section.Name!, section => section.Type, StringComparer.Ordinal);

    public static TheoryData<string> Settings => [.. AppSettings.Expected.Where(name => !OfThePlatform.Any(name.StartsWith))];

    [Theory]
    [MemberData(nameof(Settings))]
    public void A_setting_binds_to_an_option(string setting) => Assert.True(Binds(setting), $"No option is bound from {setting}.");

    [Fact]
    public void A_misspelt_setting_binds_to_none()
    {
        Assert.False(Binds("Keys__Ring__0__Secret"));
        Assert.False(Binds("Cache__Endpoints"));
        Assert.False(Binds("Table__Endpoint"));
        Assert.False(Binds("Events__Targets__shop__Key"));
    }

    [Fact]
    public void Every_member_of_a_ring_entry_and_of_a_service_is_set()
    {
        var given = AppSettings.Of(compiler.Sound.Full).Select(setting => setting.Name).ToList();

        foreach (var (prefix, type) in new[] { ("Keys__Ring__0__", typeof(KeyOptions)), ("ServiceKeys__0__", typeof(ServiceKeyEntry)) })
        {
            Assert.All(
                type.GetProperties(BindingFlags.Public | BindingFlags.Instance),
                property => Assert.Contains(given, name => name.StartsWith(prefix + property.Name, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void The_clients_address_is_read_where_the_parameter_says_and_elsewhere_where_the_platform_tells_it()
    {
        var (full, least) = (compiler.Sound.Full, compiler.Sound.Deployments.Single(deployment => !deployment.IsFull));

        Assert.StartsWith("'X-Azure-SocketIP'", AppSettings.Of(full).Single(setting => setting.Name == ClientAddressHeader).Value, StringComparison.Ordinal);
        Assert.DoesNotContain(AppSettings.Of(least), setting => setting.Name == ClientAddressHeader);
    }

    [Fact]
    public void Where_events_are_off_their_functions_are_disabled_and_nothing_else_of_them_is_there()
    {
        var (full, least) = (compiler.Sound.Full, compiler.Sound.Deployments.Single(deployment => !deployment.IsFull));

        Assert.All(
            ["AzureWebJobs.DeliverEvents.Disabled", "AzureWebJobs.DeliverHintedEvents.Disabled"],
            name =>
            {
                Assert.StartsWith("'true'", AppSettings.Of(least).Single(setting => setting.Name == name).Value, StringComparison.Ordinal);
                Assert.StartsWith("'false'", AppSettings.Of(full).Single(setting => setting.Name == name).Value, StringComparison.Ordinal);
            });
        Assert.DoesNotContain(AppSettings.Of(least), setting => setting.Name.StartsWith("Events__", StringComparison.Ordinal));
        Assert.Single(full.Made(ResourceTypes.Queue));
        Assert.Empty(least.Made(ResourceTypes.Queue));
        Assert.Single(full.Made(ResourceTypes.EventTopic));
        Assert.Empty(least.Made(ResourceTypes.EventTopic));
    }

    private static bool Binds(string setting)
    {
        var parts = setting.Split("__");
        if (!Sections.TryGetValue(parts[0], out var type))
        {
            return false;
        }

        // The section of the service keys is a list itself.
        type = parts is [_, "0", ..] ? type.GetProperty(nameof(ServiceKeysOptions.Keys))?.PropertyType : type;
        foreach (var part in parts[1..])
        {
            // An entry of a list, or of a dictionary by its name.
            type = type is { IsGenericType: true } ? type.GetGenericArguments()[^1] : type?.GetProperty(part)?.PropertyType;
        }

        return type is not null;
    }
}

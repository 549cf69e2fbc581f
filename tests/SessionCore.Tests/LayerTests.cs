using SessionCore.Operations;

namespace SessionCore.Tests;

/// <summary>The folders of the core are layers (docs/architecture.md, "Layers").</summary>
public sealed class LayerTests
{
    private static readonly string[] Layers = ["Configuration", "Pooling", "Protection", "Sessions", "Tables", "Caching", "Storage", "Operations", "Maintenance", "Events", "Incidents"];

    private static readonly LayerRules Rules = new(typeof(SessionService).Assembly, Layers);

    public static TheoryData<string> LayerNames => [.. Layers];

    [Theory]
    [MemberData(nameof(LayerNames))]
    public void A_layer_depends_on_no_layer_below_it(string layer) => Rules.AssertNoDependencyOnLaterLayers(layer);

    [Theory]
    [MemberData(nameof(LayerNames))]
    public void A_layer_has_no_using_of_a_layer_below_it(string layer) => Rules.AssertNoUsingOfLaterLayers(layer);

    [Fact]
    public void Every_folder_is_a_layer() => Rules.AssertEveryFolderIsALayer();
}

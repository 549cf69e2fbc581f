using System.Text.Json;

namespace Dev.Mutations;

/// <summary>The list of known faults.</summary>
internal static class MutationList
{
    /// <summary>Where it is, from the root.</summary>
    public const string File = "tests/mutations.json";

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Reads the list.</summary>
    /// <param name="root">The root of the repository.</param>
    public static IReadOnlyList<Mutation> Read(string root) =>
        JsonSerializer.Deserialize<Mutation[]>(System.IO.File.ReadAllText(Path.Combine(root, File)), Format) ?? [];

    /// <summary>Selects by parts of ids and layers, case-insensitively; no parts select all.</summary>
    public static IReadOnlyList<Mutation> Matching(this IReadOnlyList<Mutation> all, IReadOnlyList<string> filters) =>
    [
        .. all.Where(mutation => filters.Count == 0 || filters.Any(filter =>
            mutation.Id.Contains(filter, StringComparison.OrdinalIgnoreCase) || mutation.Layer.Contains(filter, StringComparison.OrdinalIgnoreCase))),
    ];
}

using Microsoft.Extensions.Options;
using SessionCore.Protection;
using SessionCore.Storage;

namespace SessionCore.Tests.Storage;

/// <summary>What makes the tags of a ring, for rows that tests write as the service would.</summary>
internal static class TagsOf
{
    public static RowTags Ring(IReadOnlyList<KeyOptions> ring)
    {
        var options = new KeyRingOptions();
        foreach (var key in ring)
        {
            options.Ring.Add(key);
        }

        return new RowTags(new KeyRing(Options.Create(options)));
    }
}

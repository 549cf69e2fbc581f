using SessionCore.Protection;

namespace SessionHosting;

/// <summary>A key ring for a first look. Outside Development a missing ring stops the start instead.</summary>
internal static class DevelopmentKeys
{
    public static void AddIfNone(KeyRingOptions options)
    {
        if (options.Ring.Count > 0)
        {
            return;
        }

        Console.Error.WriteLine("Development: Keys:Ring is empty, so a key is drawn at random; sessions end with this process.");
        options.Draw();
    }
}

using SessionCore.Protection;

namespace SessionHosting;

/// <summary>Random key ring for Development. In other environments a missing ring stops the start.</summary>
internal static class DevelopmentKeys
{
    public static void AddIfNone(KeyRingOptions options)
    {
        if (options.Ring.Count > 0)
        {
            return;
        }

        Console.Error.WriteLine("Development: Keys:Ring is empty, so a random key is used; sessions end with this process.");
        options.Draw();
    }
}

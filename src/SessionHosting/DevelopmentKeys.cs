using SessionApi.Passports;
using SessionCore.Protection;

namespace SessionHosting;

/// <summary>Random keys for Development. In other environments a missing key stops the start.</summary>
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

    public static void AddIfNone(PassportOptions options)
    {
        if (!options.Enabled || options.Keys.Count > 0)
        {
            return;
        }

        Console.Error.WriteLine("Development: Passports:Keys is empty, so a random key is used; its passports end with this process.");
        options.Draw();
    }
}

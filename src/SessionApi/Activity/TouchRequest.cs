using SessionApi.Bodies;
using SessionApi.Problems;

namespace SessionApi.Activity;

/// <summary>The body of a touch, which may be left out.</summary>
internal static class TouchRequest
{
    private static readonly MemberNames Members = new("ipAddress");

    /// <summary>Reads where the user is; null when it is not told.</summary>
    public static string? Read(ReadOnlyMemory<byte> json, out Problem? fault)
    {
        fault = null;
        if (json.IsEmpty)
        {
            return null;
        }

        var reader = new StrictJsonReader(json);
        string? address = null;
        while (reader.Next(Members) >= 0)
        {
            address = reader.ReadAddress();
        }

        fault = reader.Fault;
        return address;
    }
}

using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace SessionApi.Http;

/// <summary>Canonical JSON text: equal for two values exactly when they are equal (RFC 8785).</summary>
/// <remarks>
/// Members are sorted by UTF-16 code units and strings carry only the required escapes. Numbers are compared by their exact value, not
/// as doubles: requests that differ beyond the 17th digit differ.
/// </remarks>
internal static class CanonicalJson
{
    /// <summary>Writes a value whose objects have no repeated members.</summary>
    public static void Write(Utf8JsonWriter output, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                output.WriteStartObject();
                foreach (var member in value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    output.WritePropertyName(member.Name);
                    Write(output, member.Value);
                }

                output.WriteEndObject();
                break;
            case JsonValueKind.Array:
                output.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(output, item);
                }

                output.WriteEndArray();
                break;
            case JsonValueKind.Number:
                WriteNumber(output, JsonMarshal.GetRawUtf8Value(value));
                break;
            default:
                value.WriteTo(output);
                break;
        }
    }

    // Not a JSON number, and no JSON string can equal it. The writer does not validate, and the text is only compared.
    private static void WriteNumber(Utf8JsonWriter output, ReadOnlySpan<byte> token)
    {
        var rented = ArrayPool<byte>.Shared.Rent(token.Length);
        try
        {
            if (!JsonNumber.TryRead(token, rented, out var number))
            {
                output.WriteRawValue(token, skipInputValidation: true);
                return;
            }

            var sign = number.IsNegative ? "-"u8 : ""u8;
            var exponent = number.Exponent.ToString(CultureInfo.InvariantCulture);
            byte[] text = [.. sign, .. number.Digits, (byte)'e', .. System.Text.Encoding.ASCII.GetBytes(exponent)];
            output.WriteRawValue(text, skipInputValidation: true);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}

using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace SessionApi.Http;

/// <summary>Text that is the same for two JSON values exactly when they mean the same (RFC 8785).</summary>
/// <remarks>
/// Members are sorted by UTF-16 code units and strings carry only the escapes they need. Numbers are compared by their exact value and
/// not as doubles: two requests that differ beyond the 17th digit are two requests.
/// </remarks>
internal static class CanonicalJson
{
    /// <summary>Writes a value; its objects name no member twice.</summary>
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

    // Not a number of JSON, which no string of JSON is mistaken for: the writer does not validate, and the text is only compared.
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

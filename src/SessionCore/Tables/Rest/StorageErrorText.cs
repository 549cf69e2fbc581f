using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SessionCore.Tables.Rest;

/// <summary>
/// Reads what went wrong from the service's error document: its code, and in a transaction the position before the
/// message. The message itself is left alone: it may quote what was signed.
/// </summary>
internal readonly record struct StorageErrorText(string? Code, int Index)
{
    private const int MaxCodeChars = 64;

    public static StorageErrorText Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return ReadDocument(json);
        }
        catch (JsonException)
        {
            return new StorageErrorText(Code: null, Index: -1);
        }
    }

    /// <summary>Lets only a plain word through: the text goes into logs.</summary>
    public static string? Word(string? code)
    {
        if (code is null or { Length: 0 or > MaxCodeChars })
        {
            return null;
        }

        foreach (var c in code)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not '-')
            {
                return null;
            }
        }

        return code;
    }

    private static StorageErrorText ReadDocument(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        string? code = null;
        var index = -1;
        while (reader.Read())
        {
            if (reader.TokenType is not JsonTokenType.PropertyName)
            {
                continue;
            }

            if (code is null && reader.ValueTextEquals("code"u8) && reader.Read() && reader.TokenType is JsonTokenType.String)
            {
                code = Word(reader.GetString());
            }
            else if (index < 0 && reader.ValueTextEquals("value"u8) && reader.Read() && reader.TokenType is JsonTokenType.String)
            {
                index = Position(reader.ValueSpan);
            }
        }

        return new StorageErrorText(code, index);
    }

    // "1:The specified entity already exists."
    private static int Position(ReadOnlySpan<byte> message)
    {
        var colon = message.IndexOf((byte)':');
        return colon > 0
            && int.TryParse(Encoding.ASCII.GetString(message[..colon]), NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? position
            : -1;
    }
}

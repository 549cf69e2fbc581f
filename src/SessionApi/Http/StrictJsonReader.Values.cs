using System.Text.Json;

namespace SessionApi.Http;

// Values of members. A null value, where one is allowed, reads as null.
internal ref partial struct StrictJsonReader
{
    private const int MaxNumberCharacters = 64;

    /// <summary>Reads a string of printable characters, or null.</summary>
    public string? ReadText(int minCharacters, int maxCharacters)
    {
        if (ReadTextOrNull() is not { } text)
        {
            return null;
        }

        if (RequestText.IsPrintable(text, minCharacters, maxCharacters))
        {
            return text;
        }

        FailMember($"must be {minCharacters} to {maxCharacters} printable characters");
        return null;
    }

    /// <summary>Reads the id of a user, or null.</summary>
    public string? ReadUserId()
    {
        var text = ReadTextOrNull();
        if (text is not null && !RequestText.IsUserId(text))
        {
            FailMember(RequestText.UserIdRule);
            return null;
        }

        return text;
    }

    /// <summary>Reads a string into a buffer; null is refused.</summary>
    /// <returns>The length; -1 when the text is longer than the buffer, and on a fault.</returns>
    public int ReadShortString(scoped Span<char> text)
    {
        if (!ReadValue(JsonTokenType.String, "a string", orNull: false))
        {
            return -1;
        }

        // An escape takes more bytes than the characters it stands for, and each character takes at least one.
        var mostCharacters = _reader.ValueSpan.Length;
        return !_reader.ValueIsEscaped && mostCharacters > text.Length
            ? -1
            : CopyShortString(text, mostCharacters);
    }

    /// <summary>Reads an IP address in its usual form, or null.</summary>
    public string? ReadAddress()
    {
        if (ReadTextOrNull() is not { } text)
        {
            return null;
        }

        var canonical = RequestText.CanonicalAddress(text);
        if (canonical is null)
        {
            FailMember("must be an IPv4 or IPv6 address without port or scope");
        }

        return canonical;
    }

    /// <summary>Reads a whole number, or null.</summary>
    public long? ReadInteger()
    {
        if (!ReadValue(JsonTokenType.Number, "a whole number", orNull: true) || _reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (_reader.TryGetInt64(out var plain))
        {
            return plain;
        }

        var token = _reader.ValueSpan;
        if (token.Length <= MaxNumberCharacters
            && JsonNumber.TryRead(token, stackalloc byte[MaxNumberCharacters], out var number)
            && number.TryGetInt64(out var whole))
        {
            return whole;
        }

        FailMember("must be an integer of at most 18 digits");
        return null;
    }

    /// <summary>Reads true or false.</summary>
    public bool ReadBoolean()
    {
        if (!Read() || _reader.TokenType is not (JsonTokenType.True or JsonTokenType.False))
        {
            FailMember("must be true or false");
            return false;
        }

        return _reader.TokenType == JsonTokenType.True;
    }

    /// <summary>Reads a list of strings, or null.</summary>
    /// <param name="maxCount">The most strings.</param>
    /// <param name="rule">What is allowed, for the fault.</param>
    public IReadOnlyList<string>? ReadTexts(int maxCount, string rule)
    {
        if (!ReadValue(JsonTokenType.StartArray, "an array", orNull: true) || _reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        var texts = new List<string>();
        while (Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            if (_reader.TokenType != JsonTokenType.String || texts.Count == maxCount)
            {
                FailMember(rule);
                return null;
            }

            texts.Add(_reader.GetString()!); // the token is a string
        }

        return Fault is null ? texts : null;
    }

    /// <summary>Reads an object of any content, or null.</summary>
    /// <param name="maxBytes">The most bytes of its shortest form.</param>
    /// <param name="tooLarge">The problem of a longer one; null for that of a value that is not allowed.</param>
    /// <returns>It in its shortest form, UTF-8; empty for null and on a fault.</returns>
    public ReadOnlyMemory<byte> ReadFreeObject(int maxBytes, Problem? tooLarge = null)
    {
        if (!ReadValue(JsonTokenType.StartObject, "an object", orNull: true) || _reader.TokenType == JsonTokenType.Null)
        {
            return default;
        }

        var start = (int)_reader.TokenStartIndex;
        if (!Skip())
        {
            return default;
        }

        var minified = FreeJson.MinifyObject(_json[start..(int)_reader.BytesConsumed]);
        if (minified is null)
        {
            FailMember("must not repeat a member");
            return default;
        }

        if (minified.Length > maxBytes && tooLarge is not null)
        {
            Fail(tooLarge);
            return default;
        }

        if (minified.Length > maxBytes)
        {
            FailMember($"must be at most {maxBytes} bytes of minified JSON");
            return default;
        }

        return minified;
    }

    private string? ReadTextOrNull() => ReadValue(JsonTokenType.String, "a string", orNull: true) ? _reader.GetString() : null;

    private readonly int CopyShortString(scoped Span<char> text, int mostCharacters)
    {
        if (mostCharacters <= text.Length)
        {
            return _reader.CopyString(text);
        }

        var whole = _reader.GetString()!; // the token is a string
        return whole.TryCopyTo(text) ? whole.Length : -1;
    }

    private bool ReadValue(JsonTokenType type, string what, bool orNull)
    {
        if (!Read())
        {
            return false;
        }

        if (_reader.TokenType == type || (orNull && _reader.TokenType == JsonTokenType.Null))
        {
            return true;
        }

        FailMember("must be " + what);
        return false;
    }
}

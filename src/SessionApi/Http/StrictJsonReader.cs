using System.Text.Json;
using SessionCore.Sessions;

namespace SessionApi.Http;

/// <summary>
/// Strict reader of a request's JSON object: refuses unknown and repeated members, wrong types, comments and text after the end.
/// </summary>
/// <remarks>
/// The first fault is kept in <see cref="Fault"/>. After it there are no more members and every value is its default, so callers check
/// once, at the end. Faults name documented members and never repeat values of the request.
/// </remarks>
internal ref struct StrictJsonReader
{
    // Claims and data start one level below the object of the request.
    private static readonly JsonReaderOptions Options = new() { MaxDepth = NewSession.MaxDepth + 1 };

    private const int MaxNumberCharacters = 64;

    private readonly ReadOnlyMemory<byte> _json;
    private Utf8JsonReader _reader;
    private MemberNames? _names;
    private uint _seen;
    private string _path = "#";
    private int _member;

    /// <summary>Reads a body.</summary>
    /// <param name="json">The complete body, checked to be Unicode.</param>
    public StrictJsonReader(ReadOnlyMemory<byte> json)
    {
        _json = json;
        _reader = new Utf8JsonReader(json.Span, Options);
    }

    public Problem? Fault { get; private set; }

    private readonly string Pointer => _names is null ? _path : $"{_path}/{_names[_member]}";

    /// <summary>Moves to the next member of the outer object.</summary>
    /// <returns>The index of the name; -1 at the end of the body and after a fault.</returns>
    public int Next(MemberNames names)
    {
        if (_names is null)
        {
            if (!Read() || _reader.TokenType != JsonTokenType.StartObject)
            {
                Fail(SessionProblems.BodyUnreadable("The body is not a JSON object."));
                return -1;
            }

            _names = names;
        }

        var index = NextMember();
        if (index < 0 && Fault is null && Read())
        {
            Fail(SessionProblems.BodyUnreadable("The body has text after the JSON object. Allowed: one object."));
        }

        return index;
    }

    /// <summary>Starts reading the current member's value as an object.</summary>
    /// <returns>The state for <see cref="EndObject"/>; null for a null value and on a fault.</returns>
    public OuterObject? BeginObject(MemberNames names)
    {
        if (!ReadValue(JsonTokenType.StartObject, "an object", orNull: true) || _reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        var outer = new OuterObject(_names!, _seen, _path, _member); // only called within an object
        _path = Pointer;
        _names = names;
        _seen = 0;
        return outer;
    }

    /// <summary>Moves to the next member of the inner object; -1 at its end.</summary>
    public int NextInner() => NextMember();

    /// <summary>Returns to the enclosing object.</summary>
    public void EndObject(OuterObject outer) => (_names, _seen, _path, _member) = outer;

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

    /// <summary>Records a fault in the current member's value.</summary>
    public void FailMember(string what) => Fail(SessionProblems.Member(Pointer, $"The value {what}."));

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

    private int NextMember()
    {
        if (!Read() || _reader.TokenType != JsonTokenType.PropertyName)
        {
            return -1;
        }

        var names = _names!; // set when the object was opened
        for (var i = 0; i < names.Count; i++)
        {
            if (!_reader.ValueTextEquals(names.Utf8(i)))
            {
                continue;
            }

            _member = i;
            if ((_seen & (1u << i)) != 0)
            {
                Fail(SessionProblems.BodyUnreadable($"Repeated member {Pointer}. Each member may appear once."));
                return -1;
            }

            _seen |= 1u << i;
            return i;
        }

        Fail(SessionProblems.Member(_path, $"Unknown member{Quoted()}. Allowed: {names}."));
        return -1;
    }

    private readonly string Quoted() => _reader.ValueSpan.Length <= RequestText.MaxNameCharacters ? RequestText.QuotedName(_reader.GetString()!) : "";

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

    // Also false at the end of the text, which a complete object never reaches before its value ends.
    private bool Read()
    {
        if (Fault is not null)
        {
            return false;
        }

        try
        {
            return _reader.Read();
        }
        catch (JsonException)
        {
            FailSyntax();
            return false;
        }
    }

    private bool Skip()
    {
        try
        {
            _reader.Skip();
            return true;
        }
        catch (JsonException)
        {
            FailSyntax();
            return false;
        }
    }

    private void FailSyntax() => Fail(SessionProblems.BodyUnreadable(
        $"The body must be one JSON object without comments, nested at most {Options.MaxDepth} deep."));

    private void Fail(Problem fault) => Fault ??= fault;

    /// <summary>State of the enclosing object while an inner object is read.</summary>
    public readonly record struct OuterObject(MemberNames Names, uint Seen, string Path, int Member);
}

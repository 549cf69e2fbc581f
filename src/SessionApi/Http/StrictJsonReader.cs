using System.Globalization;
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
internal ref partial struct StrictJsonReader
{
    // Claims and data start one level below the object of the request.
    private static readonly JsonReaderOptions Options = new() { MaxDepth = NewSession.MaxDepth + 1 };

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

        return Enter(names, Pointer);
    }

    /// <summary>Starts reading the current member's value as an array of objects; null is refused.</summary>
    /// <returns>Whether <see cref="NextObject"/> may follow.</returns>
    public bool BeginArray() => ReadValue(JsonTokenType.StartArray, "an array", orNull: false);

    /// <summary>Moves to the next object of the array.</summary>
    /// <param name="names">The members that the object may have.</param>
    /// <param name="index">The index of the object, for faults.</param>
    /// <returns>The state for <see cref="EndObject"/>; null at the end of the array and on a fault.</returns>
    public OuterObject? NextObject(MemberNames names, int index)
    {
        if (!Read() || _reader.TokenType == JsonTokenType.EndArray)
        {
            return null;
        }

        var path = string.Create(CultureInfo.InvariantCulture, $"{Pointer}/{index}");
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            Fail(SessionProblems.Member(path, "The value must be an object."));
            return null;
        }

        return Enter(names, path);
    }

    /// <summary>Moves to the next member of the inner object; -1 at its end.</summary>
    public int NextInner() => NextMember();

    /// <summary>Returns to the enclosing object.</summary>
    public void EndObject(OuterObject outer) => (_names, _seen, _path, _member) = outer;

    /// <summary>Records a fault in the current member's value.</summary>
    public void FailMember(string what) => Fail(SessionProblems.Member(Pointer, $"The value {what}."));

    private OuterObject Enter(MemberNames names, string path)
    {
        var outer = new OuterObject(_names!, _seen, _path, _member); // only called within an object
        _path = path;
        _names = names;
        _seen = 0;
        return outer;
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

namespace SessionApi.Http;

/// <summary>Exact value of a JSON number: sign, significant digits and a power of ten.</summary>
/// <remarks><c>3600</c>, <c>3600.0</c>, <c>3.6e3</c> and <c>36E2</c> are one value (JSON Schema 2020-12 section 4.2.3).</remarks>
internal readonly ref struct JsonNumber
{
    private const int MaxIntegerDigits = 18;
    private const int MaxExponentDigits = 9;

    private JsonNumber(bool isNegative, ReadOnlySpan<byte> digits, long exponent)
    {
        IsNegative = isNegative;
        Digits = digits;
        Exponent = exponent;
    }

    public bool IsNegative { get; }

    /// <summary>Gets the digits in ASCII, without zeros at either end; empty for zero.</summary>
    public ReadOnlySpan<byte> Digits { get; }

    /// <summary>Gets the power of ten by which the digits, read as an integer, are multiplied.</summary>
    public long Exponent { get; }

    /// <summary>Reads a number token.</summary>
    /// <param name="token">A number by the grammar of RFC 8259.</param>
    /// <param name="buffer">Room for as many bytes as the token has.</param>
    /// <param name="number">The number.</param>
    /// <returns>False when the exponent has too many digits.</returns>
    public static bool TryRead(ReadOnlySpan<byte> token, Span<byte> buffer, out JsonNumber number)
    {
        var isNegative = token[0] == (byte)'-';
        token = isNegative ? token[1..] : token;
        var e = token.IndexOfAny((byte)'e', (byte)'E');
        var mantissa = e < 0 ? token : token[..e];
        var point = mantissa.IndexOf((byte)'.');
        var whole = point < 0 ? mantissa : mantissa[..point];
        var fraction = point < 0 ? [] : mantissa[(point + 1)..];
        whole.CopyTo(buffer);
        fraction.CopyTo(buffer[whole.Length..]);
        var digits = buffer[..(whole.Length + fraction.Length)].TrimStart((byte)'0');
        var significant = digits.TrimEnd((byte)'0');
        number = default;
        if (significant.IsEmpty)
        {
            return true;
        }

        if (!TryReadExponent(e < 0 ? [] : token[(e + 1)..], out var exponent))
        {
            return false;
        }

        number = new JsonNumber(isNegative, significant, exponent - fraction.Length + (digits.Length - significant.Length));
        return true;
    }

    /// <summary>Returns the value as an integer of at most 18 digits; false for any other value.</summary>
    public bool TryGetInt64(out long value)
    {
        value = 0;
        if (Digits.IsEmpty)
        {
            return true;
        }

        if (Exponent < 0 || Digits.Length + Exponent > MaxIntegerDigits)
        {
            return false;
        }

        foreach (var digit in Digits)
        {
            value = (value * 10) + (digit - (byte)'0');
        }

        for (var i = 0; i < Exponent; i++)
        {
            value *= 10;
        }

        value = IsNegative ? -value : value;
        return true;
    }

    private static bool TryReadExponent(ReadOnlySpan<byte> text, out long exponent)
    {
        exponent = 0;
        if (text.IsEmpty)
        {
            return true;
        }

        var isNegative = text[0] == (byte)'-';
        var digits = text.TrimStart("+-"u8).TrimStart((byte)'0');
        if (digits.Length > MaxExponentDigits)
        {
            return false;
        }

        foreach (var digit in digits)
        {
            exponent = (exponent * 10) + (digit - (byte)'0');
        }

        exponent = isNegative ? -exponent : exponent;
        return true;
    }
}

using System.Globalization;

namespace SessionFunctions.Client;

/// <summary>How old the answer of a read may be: the header <c>Session-Consistency</c>.</summary>
public sealed class ReadConsistency
{
    private ReadConsistency(string value) => HeaderValue = value;

    /// <summary>Gets the bound of the cache (<c>Cache:MaxAge</c> of the API); the default.</summary>
    public static ReadConsistency Cached { get; } = new("cached");

    /// <summary>Gets a read of the table now: linearizable.</summary>
    public static ReadConsistency Strong { get; } = new("strong");

    /// <summary>Gets the value of the header.</summary>
    internal string HeaderValue { get; }

    /// <summary>An answer that was read from the table at most so long ago, in whole seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The age is negative.</exception>
    public static ReadConsistency Within(TimeSpan age)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(age, TimeSpan.Zero);
        return new ReadConsistency(string.Create(CultureInfo.InvariantCulture, $"max-age={(long)age.TotalSeconds}"));
    }

    /// <inheritdoc/>
    public override string ToString() => HeaderValue;
}

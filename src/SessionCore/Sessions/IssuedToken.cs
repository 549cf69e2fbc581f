namespace SessionCore.Sessions;

/// <summary>A session token to hand out. Whoever holds the text holds the session.</summary>
public sealed class IssuedToken
{
    private readonly string _text;

    internal IssuedToken(string text) => _text = text;

    /// <summary>The token itself. Called only to answer the one request that creates or rotates it.</summary>
    public string Reveal() => _text;

    /// <summary>A form that is safe in logs.</summary>
    public override string ToString() => "sst_(redacted)";
}

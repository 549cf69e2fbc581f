namespace SessionCore.Sessions;

/// <summary>Issued session token, a bearer secret.</summary>
public sealed class IssuedToken
{
    private readonly string _text;

    internal IssuedToken(string text) => _text = text;

    /// <summary>Returns the text of the token. Only for the answer to the request that created or rotated it.</summary>
    public string Reveal() => _text;

    /// <summary>Returns a redacted form for logs.</summary>
    public override string ToString() => "sst_(redacted)";
}

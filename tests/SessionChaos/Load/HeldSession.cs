namespace SessionChaos.Load;

/// <summary>A session that clients know of, and the tokens they were given for it, oldest first.</summary>
/// <param name="Sid">Its id.</param>
/// <param name="Mark">The mark it was created with.</param>
internal sealed record HeldSession(string Sid, string Mark)
{
    public List<string> Tokens { get; } = [];
}

namespace SessionCore.Configuration;

/// <summary>An option that configuration gives in a way that cannot be read.</summary>
/// <param name="Path">The option, such as <c>Sessions:Aal2:IdleTimeout</c>.</param>
/// <param name="Text">What is wrong with it and what is allowed.</param>
internal readonly record struct OptionFault(string Path, string Text)
{
    public override string ToString() => $"{Path}: {Text}";
}

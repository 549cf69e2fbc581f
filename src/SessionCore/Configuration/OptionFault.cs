namespace SessionCore.Configuration;

/// <summary>Fault in the configured text of an option.</summary>
/// <param name="Path">The option, such as <c>Sessions:Aal2:IdleTimeout</c>.</param>
/// <param name="Text">The fault and the allowed values.</param>
internal readonly record struct OptionFault(string Path, string Text)
{
    public override string ToString() => $"{Path}: {Text}";
}

namespace SessionChecking.Rules;

/// <summary>A promise that was not kept.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Text">What happened, for a person to read.</param>
internal sealed record Violation(string Rule, string Text);

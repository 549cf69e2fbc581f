namespace SessionChaos.LostAnswers;

/// <summary>What came of a write whose answer was lost on the way.</summary>
/// <param name="Fault">What is wrong; null when it happened exactly once.</param>
/// <param name="WasUnknown">Whether the caller was told at first that nothing is known, and had to ask again.</param>
internal sealed record LostAnswerVerdict(string? Fault, bool WasUnknown);

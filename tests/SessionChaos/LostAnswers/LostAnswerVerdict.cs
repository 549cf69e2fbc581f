namespace SessionChaos.LostAnswers;

/// <summary>What came of a write whose answer was lost on the way.</summary>
/// <param name="Fault">What is wrong; null when it happened exactly once.</param>
/// <param name="WasUnknown">Whether the first answer was uncertain, so that the caller had to repeat the call.</param>
internal sealed record LostAnswerVerdict(string? Fault, bool WasUnknown);

namespace SessionChaos.LostAnswers;

/// <summary>A kind of write, and how it is found out whether it happened exactly once.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Writes">How many calls to the tables write something in it; each of their answers is lost in turn.</param>
/// <param name="TryAsync">Makes the write while answers are lost, and returns the verdict.</param>
internal sealed record LostAnswerKind(string Name, int Writes, Func<LostAnswerRig, Action, Task<LostAnswerVerdict>> TryAsync);

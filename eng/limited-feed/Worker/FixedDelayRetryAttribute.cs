namespace Microsoft.Azure.Functions.Worker;

/// <summary>Runs a failed timer function again after a fixed delay.</summary>
/// <param name="maxRetryCount">How often at most.</param>
/// <param name="delayInterval">The delay, HH:mm:ss.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FixedDelayRetryAttribute(int maxRetryCount, string delayInterval) : Attribute
{
    /// <summary>Gets how often at most.</summary>
    public int MaxRetryCount { get; } = maxRetryCount;

    /// <summary>Gets the delay, HH:mm:ss.</summary>
    public string DelayInterval { get; } = delayInterval;
}

namespace Microsoft.Azure.Functions.Worker;

/// <summary>What a timer tells the function it starts.</summary>
public sealed class TimerInfo
{
    /// <summary>Gets or sets whether this run catches up a missed one.</summary>
    public bool IsPastDue { get; set; }
}

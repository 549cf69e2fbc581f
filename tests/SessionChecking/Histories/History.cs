using SessionChecking.Faults;
using SessionChecking.Workloads;

namespace SessionChecking.Histories;

/// <summary>All that the rules look at.</summary>
internal sealed class History(HistoryPlan plan, Truth truth, Trace trace)
{
    private readonly List<Call> _calls = [];

    public HistoryPlan Plan { get; } = plan;

    public Truth Truth { get; } = truth;

    public Trace Trace { get; } = trace;

    public Names Names => Truth.Names;

    /// <summary>Gets the calls in the order they began.</summary>
    public IReadOnlyList<Call> Calls => _calls;

    public IReadOnlyList<FailOver> FailOvers { get; set; } = [];

    /// <summary>Gets or sets why it did not come to its end; null when it did.</summary>
    public string? Stuck { get; set; }

    /// <summary>Gets or sets the place in the order from which on nothing goes wrong any more.</summary>
    public int Calm { get; set; } = int.MaxValue;

    public void Add(Call call) => _calls.Add(call);
}

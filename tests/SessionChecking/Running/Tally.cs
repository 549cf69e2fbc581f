using SessionChecking.Histories;

namespace SessionChecking.Running;

/// <summary>What was counted for one kind of history.</summary>
internal sealed class Tally(string name)
{
    public string Name { get; } = name;

    public int Histories { get; private set; }

    public long Calls { get; private set; }

    /// <summary>Gets the calls that could not tell (503).</summary>
    public long Unknown { get; private set; }

    public int Violated { get; private set; }

    public void Add(History history, bool isViolated)
    {
        Histories++;
        Calls += history.Calls.Count;
        Unknown += history.Calls.Count(call => call.Failure is not null);
        Violated += isViolated ? 1 : 0;
    }
}

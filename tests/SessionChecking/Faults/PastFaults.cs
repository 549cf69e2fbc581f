namespace SessionChecking.Faults;

/// <summary>Calls to a table in memory that no fault touches.</summary>
internal sealed class PastFaults
{
    /// <summary>Gets a value indicating whether such a call is under way.</summary>
    public bool IsUnderWay { get; private set; }

    /// <summary>Makes one.</summary>
    /// <exception cref="InvalidOperationException">It did not end at once.</exception>
    public T Call<T>(Func<ValueTask<T>> call)
    {
        var before = IsUnderWay;
        IsUnderWay = true;
        try
        {
            var ended = call();
            return ended.IsCompletedSuccessfully ? ended.Result : throw new InvalidOperationException("A call past all faults has to end at once.");
        }
        finally
        {
            IsUnderWay = before;
        }
    }
}

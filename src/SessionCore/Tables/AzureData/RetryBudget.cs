namespace SessionCore.Tables.AzureData;

/// <summary>
/// Retry budget: about one retry in ten calls, so that retries do not overload a failing store. It starts with ten retries and earns
/// nine per hundred calls, so a thousand calls cause at most 1.1 times as many requests.
/// </summary>
internal sealed class RetryBudget
{
    private const int Price = 100;
    private const int Earned = 9;
    private const int Most = 10 * Price;

    private int _balance = Most;

    /// <summary>Counts a call, without its retries.</summary>
    public void Earn()
    {
        var balance = Volatile.Read(ref _balance);
        while (balance < Most)
        {
            var seen = Interlocked.CompareExchange(ref _balance, Math.Min(balance + Earned, Most), balance);
            if (seen == balance)
            {
                return;
            }

            balance = seen;
        }
    }

    /// <summary>Spends one retry; false when the budget is exhausted.</summary>
    public bool TrySpend()
    {
        var balance = Volatile.Read(ref _balance);
        while (balance >= Price)
        {
            var seen = Interlocked.CompareExchange(ref _balance, balance - Price, balance);
            if (seen == balance)
            {
                return true;
            }

            balance = seen;
        }

        return false;
    }
}

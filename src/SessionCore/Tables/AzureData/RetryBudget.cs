namespace SessionCore.Tables.AzureData;

/// <summary>
/// Lets at most about one call in ten be repeated, so that a store in trouble is not buried by retries. Ten in hand
/// and nine more for a hundred calls: over a thousand calls the store sees no more than 1.1 times as many.
/// </summary>
internal sealed class RetryBudget
{
    private const int Price = 100;
    private const int Earned = 9;
    private const int Most = 10 * Price;

    private int _balance = Most;

    /// <summary>Counts a call, not its retries.</summary>
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

    /// <summary>Pays for one retry; false when there is too little in hand.</summary>
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

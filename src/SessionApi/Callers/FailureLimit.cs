using System.Net;
using Microsoft.Extensions.Options;

namespace SessionApi.Callers;

/// <summary>Limit on requests with a bad credential per client address, in a fixed window.</summary>
/// <remarks>
/// Two budgets of the same size. Every failure counts against the first, which decides between 401 and 429. Only failures that needed a
/// read of the store count against the second: once it is spent, credentials not known to be valid are refused without a read.
/// </remarks>
internal sealed class FailureLimit(IOptions<RateLimitOptions> options, TimeProvider timeProvider)
{
    private readonly AddressCounts _failures = new(options.Value, timeProvider);
    private readonly AddressCounts _looks = new(options.Value, timeProvider);

    /// <summary>Counts one failure.</summary>
    /// <param name="address">The client's address.</param>
    /// <param name="tookLook">Whether the store was read.</param>
    /// <returns>0 while the address is within its budget; otherwise the seconds until the next window.</returns>
    public int Count(IPAddress address, bool tookLook)
    {
        if (tookLook)
        {
            _looks.Count(address);
        }

        return _failures.Count(address);
    }

    /// <summary>
    /// Gets a value indicating whether any address has spent its budget of reads; only then does the client's address matter.
    /// </summary>
    public bool IsAnySpent => _looks.IsAnySpent;

    /// <summary>Returns whether the store may be read for a credential of this address that is not known to be valid.</summary>
    /// <returns>0 when it may; otherwise the seconds until then.</returns>
    public int WaitForLook(IPAddress address) => _looks.WaitOf(address);
}

using System.Net;
using Microsoft.Extensions.Options;

namespace SessionApi.Callers;

/// <summary>Counts requests with a bad credential by client address, in a fixed window.</summary>
/// <remarks>
/// Two budgets of the same size. Every failure counts against the first, which decides what a failure is told. Only failures that took
/// a look at the store count against the second: beyond it a credential that is not known to be good costs no further look.
/// </remarks>
internal sealed class FailureLimit(IOptions<RateLimitOptions> options, TimeProvider timeProvider)
{
    private readonly AddressCounts _failures = new(options.Value, timeProvider);
    private readonly AddressCounts _looks = new(options.Value, timeProvider);

    /// <summary>Counts one failure.</summary>
    /// <param name="address">The client.</param>
    /// <param name="tookLook">Whether the store was asked.</param>
    /// <returns>0 while the address is within its budget; else the seconds until it has a new one.</returns>
    public int Count(IPAddress address, bool tookLook)
    {
        if (tookLook)
        {
            _looks.Count(address);
        }

        return _failures.Count(address);
    }

    /// <summary>Gets a value indicating whether any address has spent its looks: only then is it worth finding out a client's address.</summary>
    public bool IsAnySpent => _looks.IsAnySpent;

    /// <summary>Whether the address may have the store asked about a credential that is not known to be good.</summary>
    /// <returns>0 when it may; else the seconds until then.</returns>
    public int WaitForLook(IPAddress address) => _looks.WaitOf(address);
}

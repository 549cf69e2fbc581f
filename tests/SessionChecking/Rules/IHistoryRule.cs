
namespace SessionChecking.Rules;

/// <summary>One promise, checked on a history as a whole. A call that threw may have taken effect or not: it counts as both.</summary>
internal interface IHistoryRule
{
    /// <summary>Where the promise was broken, in words.</summary>
    IEnumerable<string> Breaches(Facts facts);
}

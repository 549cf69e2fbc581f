using SessionApi.Bodies;
using SessionApi.Problems;

namespace SessionApi.Expiry;

/// <summary>The body that sets when a session ends.</summary>
internal readonly record struct ExpiryRequest(TimeSpan? ExpiresIn, TimeSpan? IdleTimeout)
{
    private static readonly MemberNames Members = new("expiresInSeconds", "idleTimeoutSeconds");

    public static ExpiryRequest Read(ReadOnlyMemory<byte> json, out Problem? fault)
    {
        var reader = new StrictJsonReader(json);
        var request = default(ExpiryRequest);
        for (var member = reader.Next(Members); member >= 0; member = reader.Next(Members))
        {
            request = member == 0
                ? request with { ExpiresIn = RequestSeconds.ReadAny(ref reader) }
                : request with { IdleTimeout = RequestSeconds.ReadAny(ref reader) };
        }

        fault = reader.Fault ?? (request == default
            ? SessionProblems.Member("#", "At least one of expiresInSeconds and idleTimeoutSeconds is required.")
            : null);
        return request;
    }
}

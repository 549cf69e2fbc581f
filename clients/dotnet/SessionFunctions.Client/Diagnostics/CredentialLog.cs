using Microsoft.Extensions.Logging;
using SessionFunctions.Client.Http;

namespace SessionFunctions.Client.Diagnostics;

/// <summary>Tells an operator that the API refuses the credential of this service: one line a minute, not one for each request.</summary>
internal sealed partial class CredentialLog(ILogger logger, TimeProvider timeProvider)
{
    private const int Unauthorized = 401;
    private const int Forbidden = 403;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private long _nextTimestamp = long.MinValue;

    /// <summary>Notes a refused request; logs only when the credential is the cause.</summary>
    public void Refused(int? status, string? problemType, string operation)
    {
        if (status is not (Unauthorized or Forbidden) || !TakeTurn())
        {
            return;
        }

        if (status is Unauthorized)
        {
            LogUnauthorized(logger, operation);
        }
        else if (problemType == ProblemTypes.AudienceRefused)
        {
            LogAudience(logger);
        }
        else
        {
            LogForbidden(logger, operation);
        }
    }

    private bool TakeTurn()
    {
        var now = timeProvider.GetTimestamp();
        var next = Interlocked.Read(ref _nextTimestamp);
        return now >= next
            && Interlocked.CompareExchange(ref _nextTimestamp, now + (long)(Pause.TotalSeconds * timeProvider.TimestampFrequency), next) == next;
    }

    [LoggerMessage(9001, LogLevel.Error, "The session API refuses the credential of this service (401, {Operation}). The service key is wrong, expired or removed, or the credential is for another application: check ServiceKey or Credential. Logged at most once a minute.")]
    private static partial void LogUnauthorized(ILogger logger, string operation);

    [LoggerMessage(9002, LogLevel.Error, "The credential of this service lacks the scope of {Operation} (403). Give the service key or the application that scope. Logged at most once a minute.")]
    private static partial void LogForbidden(ILogger logger, string operation);

    [LoggerMessage(9003, LogLevel.Error, "The session API issues no passports for the audience to this service (403). Add the audience with this client to Passports:Audiences of the API. Logged at most once a minute.")]
    private static partial void LogAudience(ILogger logger);
}

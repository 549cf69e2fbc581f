using Microsoft.Extensions.Logging;

namespace SessionApi.Entra;

internal sealed partial class EntraKeys
{
    [LoggerMessage(2200, LogLevel.Error, "The identity provider's signing keys could not be read; those known so far stay in use.")]
    private partial void LogFetchFailed(Exception exception);
}

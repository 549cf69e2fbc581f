using Microsoft.Extensions.Logging;

namespace SessionApi;

public sealed partial class Dispatcher
{
    [LoggerMessage(2000, LogLevel.Warning, "The store could not tell; {Operation} answers 503.")]
    private partial void LogStoreUnavailable(Exception exception, string operation);

    [LoggerMessage(2001, LogLevel.Warning, "{Operation} did not finish before its deadline and answers 503.")]
    private partial void LogDeadlinePassed(Exception exception, string operation);

    [LoggerMessage(2002, LogLevel.Error, "{Operation} has failed and answers 500.")]
    private partial void LogFailed(Exception exception, string operation);

    [LoggerMessage(2003, LogLevel.Debug, "The client of {Operation} left before the answer.")]
    private partial void LogClientLeft(string operation);
}

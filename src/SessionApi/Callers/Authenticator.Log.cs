using Microsoft.Extensions.Logging;

namespace SessionApi.Callers;

internal sealed partial class Authenticator
{
    [LoggerMessage(2100, LogLevel.Information, "A {Scheme} credential was refused at {Operation}.")]
    private partial void LogFailed(CredentialScheme scheme, string operation);

    [LoggerMessage(2101, LogLevel.Warning, "The caller {Caller} lacks the scope of {Operation}.")]
    private partial void LogDenied(string caller, string operation);

    [LoggerMessage(2102, LogLevel.Warning, "A request with the session cookie did not show that the application sent it, at {Operation}.")]
    private partial void LogCsrfRefused(string operation);

    [LoggerMessage(2104, LogLevel.Debug, "The caller {Caller} may use {Operation}.")]
    private partial void LogAdmitted(string caller, string operation);

    [LoggerMessage(2103, LogLevel.Warning, "An address failed too often and is told to wait, at {Operation}.")]
    private partial void LogLimited(string operation);
}

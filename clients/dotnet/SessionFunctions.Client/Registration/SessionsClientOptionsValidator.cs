using Microsoft.Extensions.Options;

namespace SessionFunctions.Client.Registration;

/// <summary>Says at start what is wrong with the options, and what to do. No message repeats a key.</summary>
internal sealed class SessionsClientOptionsValidator : IValidateOptions<SessionsClientOptions>
{
    private const string KeyPrefix = "ssk_";
    private const int MostRetries = 5;
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ShortestBreak = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    public ValidateOptionsResult Validate(string? name, SessionsClientOptions options)
    {
        string[] faults = [.. AddressFaults(options.BaseAddress), .. CredentialFaults(options), .. NumberFaults(options)];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> AddressFaults(Uri? address)
    {
        if (address is null)
        {
            yield return "BaseAddress of the session API is missing. Set it, or SESSIONS_URL in the configuration, to the address with its base path, such as http://localhost:7071/api.";
        }
        else if (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
        {
            yield return "BaseAddress of the session API must be an absolute http or https address, such as http://localhost:7071/api.";
        }
        else if (address.Query.Length > 0 || address.Fragment.Length > 0 || address.UserInfo.Length > 0)
        {
            yield return "BaseAddress of the session API must have no query, fragment or user name.";
        }
    }

    private static IEnumerable<string> CredentialFaults(SessionsClientOptions options)
    {
        if (options.Credential is null)
        {
            if (string.IsNullOrEmpty(options.ServiceKey))
            {
                yield return "The credential for the session API is missing. Set ServiceKey, or SESSIONS_KEY in the configuration, to a service key (ssk_…), or set Credential and Scope.";
            }
            else if (!options.ServiceKey.StartsWith(KeyPrefix, StringComparison.Ordinal) || options.ServiceKey.AsSpan().ContainsAnyExceptInRange('!', '~'))
            {
                yield return "ServiceKey is no service key: it must begin with ssk_ and have no blanks or line ends.";
            }

            yield break;
        }

        if (options.ServiceKey is not null)
        {
            yield return "ServiceKey and Credential exclude each other. Set one of them.";
        }

        if (string.IsNullOrEmpty(options.Scope))
        {
            yield return "Scope is missing: Credential needs it, such as api://sessions/.default.";
        }
    }

    private static IEnumerable<string> NumberFaults(SessionsClientOptions options)
    {
        if (options.Timeout < ShortestTimeout || options.Timeout > Longest)
        {
            yield return "Timeout must be 0.1 seconds to 5 minutes.";
        }

        if (options.MaxRetries is < 0 or > MostRetries)
        {
            yield return "MaxRetries must be 0 to 5.";
        }

        if (options.BreakDuration < ShortestBreak || options.BreakDuration > Longest)
        {
            yield return "BreakDuration must be 0.5 seconds to 5 minutes.";
        }
    }
}

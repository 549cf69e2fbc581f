using System.Security.Cryptography;
using System.Text;
using Azure.Core;
using Microsoft.Extensions.Logging;
using SessionCore.Events;
using SessionCore.Sessions;
using SessionHosting.Events;

namespace SessionServer.Tests.Events;

/// <summary>Targets of each kind, with secrets that can be looked for.</summary>
internal static class TargetUnderTest
{
    public const string Issuer = "https://sessions.example.com";
    public const string Audience = "https://receiver.example.com";
    public const string WebhookSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    public const string AccessKey = "Y2FuYXJ5LWFjY2Vzcy1rZXk=";
    public const string PushToken = "canary-push-token";

    public static readonly DateTimeOffset At = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly SessionEvent Ended = new(
        "0123456789abcdef", SessionEventTypes.Ended, At, "ses_x", Encoding.UTF8.GetBytes("""{"sid":"ses_x","userId":"alice","version":2,"reason":"signed-out"}"""));

    public static readonly SessionEvent SignedOut = new(
        "fedcba9876543210", SessionEventTypes.SignedOutEverywhere, At, Subject: null, Encoding.UTF8.GetBytes("""{"userId":"alice","reason":"stolen","sids":["ses_x","ses_y"]}"""));

    private static readonly ECDsa Key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>The key of the tokens: PKCS#8 in base64.</summary>
    public static string SigningKey { get; } = Convert.ToBase64String(Key.ExportPkcs8PrivateKey());

    public static ECDsa PublicKey { get; } = ECDsa.Create(Key.ExportParameters(includePrivateParameters: false));

    public static EventTargetOptions OptionsOf(EventTargetKind kind, Uri url, bool allowPrivate = true)
    {
        var options = new EventTargetOptions { Kind = kind, Url = url.ToString(), AllowPrivateAddresses = allowPrivate };
        switch (kind)
        {
            case EventTargetKind.Webhook:
                options.Secret = WebhookSecret;
                break;
            case EventTargetKind.EventGrid:
                options.AccessKey = AccessKey;
                break;
            default:
                options.Caep = new CaepTargetOptions { Issuer = Issuer, Audience = Audience, SigningKey = SigningKey, Authorization = $"Bearer {PushToken}" };
                break;
        }

        return options;
    }

    public static IEventTarget Of(EventTargetOptions options, ILoggerFactory loggers, TokenCredential? identity = null) => options.Kind switch
    {
        EventTargetKind.Webhook => new WebhookTarget("one", options, "urn:test", TimeProvider.System, loggers.CreateLogger<WebhookTarget>()),
        EventTargetKind.EventGrid => new EventGridTarget(
            "one", options, "urn:test", () => identity ?? throw new InvalidOperationException("There is an access key."), TimeProvider.System, loggers.CreateLogger<EventGridTarget>()),
        _ => new CaepTarget("one", options, TimeProvider.System, loggers.CreateLogger<CaepTarget>()),
    };
}

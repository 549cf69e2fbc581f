using System.Text;
using SessionCore.Sessions;
using SessionHosting.Events;

namespace SessionServer.Tests.Events;

/// <summary>Signatures are those of Standard Webhooks, by its own reference vector.</summary>
public sealed class WebhookSignatureTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Expected = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    [Fact]
    public void The_reference_vector_is_met() => Assert.Equal(Expected, Sign(Secret));

    [Fact]
    public void Each_secret_adds_a_signature()
    {
        const string Other = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

        Assert.Equal($"{Expected} {Sign(Other)}", Sign(Secret, Other));
    }

    private static string Sign(params string[] secrets) => WebhookSignature.Of(
        secrets.Select(secret => EventTargetOptions.ReadSecret(secret)!), "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, Encoding.UTF8.GetBytes("""{"test": 2432232314}"""));
}

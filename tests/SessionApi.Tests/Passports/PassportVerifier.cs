using SessionApi.Callers;

namespace SessionApi.Tests.Passports;

/// <summary>Keys of a back end that follows the feed of endings, and of an operator.</summary>
internal sealed class PassportVerifier
{
    private static readonly DateTimeOffset ExpiresAt = new(2030, 1, 20, 0, 0, 0, TimeSpan.Zero); // the clock of the fixture begins with 2030

    public ServiceKey Key { get; } = ServiceKey.New("verifier");

    public ServiceKey Operator { get; } = ServiceKey.New("operator");

    public IEnumerable<(string Name, string? Value)> Settings =>
        ApiFixture.KeyEntry(1, Key, "sessions.endings", ExpiresAt).Concat(ApiFixture.KeyEntry(2, Operator, "sessions.operate", ExpiresAt)).Select(setting => (setting.Key, setting.Value));
}

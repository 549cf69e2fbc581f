using System.Security.Cryptography;
using SessionCore.Protection;

namespace SessionCore.Tests.Protection;

public sealed class KeyRingOptionsTests
{
    private static readonly string Good = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private readonly KeyRingOptionsValidator _validator = new();

    [Fact]
    public void A_ring_of_one_active_key_is_valid() => Assert.True(Validate((1, Good, KeyState.Active)).Succeeded);

    [Fact]
    public void An_empty_ring_says_how_to_fill_it() =>
        Assert.Contains("openssl rand -base64 32", Validate().FailureMessage, StringComparison.Ordinal);

    [Theory]
    [InlineData("changeme")]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("c2hvcnQ=")]
    public void A_key_that_is_no_key_is_refused_without_being_repeated(string key)
    {
        var result = Validate((1, key, KeyState.Active));

        Assert.Contains("Keys:Ring:0:Key", result.FailureMessage, StringComparison.Ordinal);
        Assert.True(key.Length == 0 || !result.FailureMessage!.Contains(key, StringComparison.Ordinal));
    }

    [Fact]
    public void Two_active_keys_none_active_or_one_number_twice_are_refused()
    {
        Assert.True(Validate((1, Good, KeyState.Active), (2, Good, KeyState.Active)).Failed);
        Assert.True(Validate((1, Good, KeyState.Read)).Failed);
        Assert.True(Validate((1, Good, KeyState.Active), (1, Good, KeyState.Read)).Failed);
        Assert.True(Validate((0, Good, KeyState.Active)).Failed);
    }

    private Microsoft.Extensions.Options.ValidateOptionsResult Validate(params (uint Id, string Key, KeyState State)[] keys)
    {
        var options = new KeyRingOptions();
        foreach (var (id, key, state) in keys)
        {
            options.Ring.Add(new KeyOptions { Id = id, Key = key, State = state });
        }

        return _validator.Validate(name: null, options);
    }
}

using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using SessionApi.Callers;
using Support.Time;

namespace SessionApi.Tests.Callers;

public sealed class ServiceKeysTests
{
    private const string Scheme = "Bearer ";

    private readonly ManualTimeProvider _clock = new();
    private readonly ServiceKey _key = ServiceKey.New("web");
    private readonly ServiceKeys _keys;

    public ServiceKeysTests()
    {
        var options = new ServiceKeysOptions();
        options.Keys.Add(new ServiceKeyEntry { Id = "web", Hash = _key.Hash, Scopes = { "sessions.read" }, ExpiresAt = _clock.GetUtcNow().AddHours(1) });
        _keys = new ServiceKeys(Options.Create(options), _clock);
    }

    [Fact]
    public void A_key_is_known_in_a_header_that_was_there_before_and_in_a_new_one()
    {
        var header = Scheme + _key.Reveal();

        Assert.Equal("key:web", Find(header)?.Id);
        Assert.Equal("key:web", Find(header)?.Id);
        Assert.Equal("key:web", Find(Scheme + _key.Reveal())?.Id);
    }

    [Fact]
    public void A_header_that_was_good_is_so_only_while_its_key_is()
    {
        var header = Scheme + _key.Reveal();
        Assert.NotNull(Find(header));

        _clock.Advance(TimeSpan.FromHours(1));

        Assert.Null(Find(header));
    }

    [Fact]
    public void Another_header_in_the_place_of_a_good_one_is_judged_by_itself()
    {
        Assert.NotNull(Find(Scheme + _key.Reveal()));

        // More strings than there are places, so that each place is asked for with a header that is not its own.
        Assert.All(Enumerable.Range(0, 4_000), _ => Assert.Null(Find(Scheme + ServiceKey.New("web").Reveal())));
    }

    private Caller? Find(string header) => _keys.Find(new StringSegment(header).Subsegment(Scheme.Length));
}

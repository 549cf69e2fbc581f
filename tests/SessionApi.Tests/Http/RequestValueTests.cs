using System.Globalization;
using System.Text;
using Microsoft.Extensions.Primitives;
using SessionApi.Callers;
using SessionApi.Http;
using SessionCore.Configuration;

namespace SessionApi.Tests.Http;

/// <summary>Instants, numbers and media types are taken by their standards' grammars.</summary>
public sealed class RequestValueTests : IAsyncDisposable
{
    private readonly ServiceKey _operator = ServiceKey.New("operator");
    private readonly ApiFixture _api;

    public RequestValueTests()
    {
        var now = new Support.Time.ManualTimeProvider().GetUtcNow();
        _api = new ApiFixture(new Dictionary<string, string?>(ApiFixture.KeyEntry(1, _operator, "sessions.operate", now + TimeSpan.FromDays(60))));
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [InlineData("2020-01-01T00:00:00Z", 202)]
    [InlineData("2020-01-01T00:00:00.123456789012345678901234567890Z", 202)]
    [InlineData("2020-01-01t00:00:00z", 202)]
    [InlineData("2016-12-31T23:59:60Z", 202)]
    [InlineData("2017-01-01T00:59:60+01:00", 202)]
    [InlineData("2020-02-29T23:59:59.9-23:59", 202)]
    [InlineData("2020-01-01T00:00:00-00:00", 202)]
    [InlineData("2020-01-01T00:00:00.Z", 400)]
    [InlineData("2020-01-01T00:00:00+0000", 400)]
    [InlineData("2020-01-01T00:00:00+00", 400)]
    [InlineData("2020-01-01T00:00:00", 400)]
    [InlineData("2020-01-01 00:00:00Z", 400)]
    [InlineData("2020-01-01", 400)]
    [InlineData("2021-02-29T00:00:00Z", 400)]
    [InlineData("2020-01-01T24:00:00Z", 400)]
    [InlineData("2020-01-01T12:30:60Z", 400)]
    [InlineData("2020-01-01T00:00:61Z", 400)]
    [InlineData("2020-1-01T00:00:00Z", 400)]
    [InlineData("2020-01-01T00:00:00+24:00", 400)]
    [InlineData("2020-01-01T00:00:00Z ", 400)]
    [InlineData("+020-01-01T00:00:00Z", 400)]
    [InlineData("2020-01-01T00:00:00,5Z", 400)]
    [InlineData("0001-01-01T00:00:00+23:59", 400)]
    [InlineData("9999-12-31T23:59:60Z", 400)]
    public async Task An_instant_is_an_RFC_3339_date_time(string instant, int status) => Assert.Equal(
        status,
        (await _api.SendRawAsync(
            "POST", "/api/v1/operations/revoke-before", $$"""{"instant":"{{instant}}"}""", ("Authorization", "Bearer " + _operator.Reveal()))).Status);

    [Fact]
    public void Generated_instants_are_read_to_the_tick()
    {
        var random = new Random(20_261_128);
        for (var i = 0; i < 5000; i++)
        {
            var offset = TimeSpan.FromMinutes(random.Next(-840, 841));
            var expected = new DateTimeOffset(random.NextInt64(DateTime.MinValue.AddDays(2).Ticks, DateTime.MaxValue.AddDays(-2).Ticks), offset);
            var text = expected.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", CultureInfo.InvariantCulture) + random.Next(10)
                + (offset < TimeSpan.Zero ? '-' : '+') + offset.ToString("hh\\:mm", CultureInfo.InvariantCulture);
            Assert.True(Rfc3339.TryParse(text, out var read), text);
            Assert.Equal(expected.UtcTicks, read.UtcTicks);
        }
    }

    [Fact]
    public void A_leap_second_is_the_first_second_of_the_next_day()
    {
        Assert.True(Rfc3339.TryParse("2016-12-31T23:59:60.5Z", out var instant));
        Assert.Equal(new DateTimeOffset(2017, 1, 1, 0, 0, 0, 500, TimeSpan.Zero), instant);
    }

    [Theory]
    [InlineData("3600", 201)]
    [InlineData("3600.0", 201)]
    [InlineData("3.6e3", 201)]
    [InlineData("36E2", 201)]
    [InlineData("36000000e-4", 201)]
    [InlineData("0.0036e6", 201)]
    [InlineData("1e3", 201)]
    [InlineData("3600.00000000000000000000000000000000000000001", 400)]
    [InlineData("3600.5", 400)]
    [InlineData("36e-1", 400)]
    [InlineData("1e99999999999999999999", 400)]
    [InlineData("1e-99999999999999999999", 400)]
    [InlineData("0.0", 400)]
    [InlineData("-3600.0", 400)]
    public async Task An_integer_is_a_number_without_a_fraction(string number, int status)
    {
        var answer = await _api.SendAsync("POST", "/api/v1/sessions", $$"""{"absoluteLifetimeSeconds":{{number}}}""");
        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public void Generated_numbers_are_integers_exactly_when_their_value_is()
    {
        var random = new Random(20_261_128);
        for (var i = 0; i < 5000; i++)
        {
            var value = random.NextInt64(-1_000_000_000, 1_000_000_000);
            var shift = random.Next(-9, 10);
            var scaled = new decimal(value) * Power(shift);
            var text = random.Next(3) switch
            {
                0 => scaled.ToString(CultureInfo.InvariantCulture),
                1 => string.Create(CultureInfo.InvariantCulture, $"{value}e{shift}"),
                _ => string.Create(CultureInfo.InvariantCulture, $"{value}.000E{(shift < 0 ? "" : "+")}{shift}"),
            };
            var token = Encoding.ASCII.GetBytes(text);
            Assert.True(JsonNumber.TryRead(token, new byte[token.Length], out var number));
            Assert.Equal(scaled == decimal.Truncate(scaled), number.TryGetInt64(out var read));
            Assert.Equal(scaled == decimal.Truncate(scaled) ? (long)scaled : 0, read);
        }
    }

    [Theory]
    [InlineData("application/json", 201)]
    [InlineData("application/json;", 201)]
    [InlineData("application/json;charset=utf-8;", 201)]
    [InlineData("application/json;\tcharset=utf-8", 201)]
    [InlineData("application/json ; ;; charset=UTF-8 ;", 201)]
    [InlineData("application/json; charset=\"utf-8\"", 201)]
    [InlineData("application/json; charset=\"u\\tf-8\"", 201)]
    [InlineData("application/json;charset=utf8", 201)]
    [InlineData("APPLICATION/JSON; Charset=\"UTF8\"", 201)]
    [InlineData("application/json; profile=\"a;b=\\\"c\\\"\"; v=1", 201)]
    [InlineData("application/json; charset=iso-8859-1", 415)]
    [InlineData("application/json; charset=\"utf-8x\"", 415)]
    [InlineData("application/json; charset=utf-8; charset=utf-16", 415)]
    [InlineData("application/json; charset=", 415)]
    [InlineData("application/json; charset", 415)]
    [InlineData("application/json; charset =utf-8", 415)]
    [InlineData("application/json; charset=\"utf-8", 415)]
    [InlineData("application/json; a=b c=d", 415)]
    [InlineData("application/json, application/json", 415)]
    [InlineData("application/vnd.api+json", 415)]
    [InlineData("application/problem+json", 415)]
    [InlineData("application/merge-patch+json", 415)]
    [InlineData("text/json", 415)]
    [InlineData("", 415)]
    public async Task A_media_type_is_taken_by_its_grammar(string type, int status)
    {
        var answer = await _api.SendAsync("POST", "/api/v1/sessions", "{}", ("Content-Type", type));
        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 415 ? "application/json" : null, answer.Header("Accept"));
    }

    [Fact]
    public async Task A_patch_of_another_type_is_told_which_there_are()
    {
        var (sid, _) = await _api.CreateAsync();
        var answer = await _api.SendAsync("PATCH", $"/api/v1/sessions/{sid}/data", "{}", ("Content-Type", "application/json-patch+json"));
        Assert.Equal((415, "application/merge-patch+json, application/json"), (answer.Status, answer.Header("Accept-Patch")));
    }

    [Theory]
    [InlineData("gzip", 415)]
    [InlineData("br, identity", 415)]
    [InlineData("identity", 201)]
    [InlineData("", 201)]
    public async Task A_content_coding_is_refused_by_its_name(string coding, int status)
    {
        var answer = await _api.SendAsync("POST", "/api/v1/sessions", "{}", ("Content-Encoding", coding));
        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 415 ? "content-coding-unsupported" : null, answer.Problem);
        Assert.Equal(status == 415 ? "identity" : null, answer.Header("Accept-Encoding"));
    }

    [Fact]
    public void Generated_media_types_with_any_parameters_are_taken()
    {
        var random = new Random(20_261_128);
        for (var i = 0; i < 5000; i++)
        {
            var text = new StringBuilder("application/json");
            for (var parameter = random.Next(4); parameter > 0; parameter--)
            {
                string[] white = ["", " ", "\t", " \t "];
                string[] parameters = ["", "charset=utf-8", "CHARSET=\"utf8\"", "q=0.5", "x=\"a\\\"b;c\"", "v=1"];
                text.Append(white[random.Next(white.Length)]).Append(';').Append(white[random.Next(white.Length)]).Append(parameters[random.Next(parameters.Length)]);
            }

            Assert.True(RequestMediaType.IsAllowed(new StringValues(text.ToString()), RequestMediaType.Json), text.ToString());
        }
    }

    private static decimal Power(int exponent)
    {
        var power = 1m;
        for (var i = 0; i < Math.Abs(exponent); i++)
        {
            power = exponent > 0 ? power * 10 : power / 10;
        }

        return power;
    }
}

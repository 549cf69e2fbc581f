using System.Globalization;
using System.Xml;
using SessionCore.Configuration;

namespace SessionCore.Tests.Configuration;

public sealed class DurationTests
{
    private const int Seed = 20_261_128;
    private const int Samples = 20_000;

    [Theory]
    [InlineData("00:00:00", 0)]
    [InlineData("00:00:01", 1)]
    [InlineData("0:00:01", 1)]
    [InlineData("23:59:59", 86_399)]
    [InlineData("1.00:00:00", 86_400)]
    [InlineData("400.23:59:59", 34_646_399)]
    [InlineData("00:00:00.25", 0.25)]
    [InlineData("00:00:00.0000001", 0.0000001)]
    [InlineData("PT0S", 0)]
    [InlineData("PT24H", 86_400)]
    [InlineData("PT90M", 5_400)]
    [InlineData("PT1H30M", 5_400)]
    [InlineData("PT0.25S", 0.25)]
    [InlineData("P1D", 86_400)]
    [InlineData("P1DT12H", 129_600)]
    [InlineData("P2W", 1_209_600)]
    public void A_duration_is_read(string text, double seconds)
    {
        Assert.Null(Duration.Read(text, out var value));
        Assert.Equal(TimeSpan.FromTicks((long)((decimal)seconds * TimeSpan.TicksPerSecond)), value);
    }

    [Theory]
    [InlineData("24:00:00", "Write 1.00:00:00 or PT24H.")]
    [InlineData("48:00:00", "Write 2.00:00:00 or PT48H.")]
    [InlineData("36:30:15", "Write 1.12:30:15 or PT36H30M15S.")]
    [InlineData("1.24:00:00", "Write 2.00:00:00 or PT48H.")]
    [InlineData("24:00:00.5", "Write 1.00:00:00.5000000 or PT24H0.5S.")]
    [InlineData("24", "has no unit. Write PT24S for seconds, PT24M for minutes, PT24H for hours or P24D for days.")]
    [InlineData("0", "has no unit.")]
    [InlineData("00:60:00", "has minutes above 59.")]
    [InlineData("00:00:60", "has seconds above 59.")]
    [InlineData("00:30", "is not a duration. Write d.hh:mm:ss")]
    [InlineData("1:00:00:00", "is not a duration.")]
    [InlineData("-00:00:05", "is not a duration.")]
    [InlineData("-PT5S", "is not a duration.")]
    [InlineData("1.5", "is not a duration.")]
    [InlineData("1h", "is not a duration.")]
    [InlineData("P1M", "is not a duration.")]
    [InlineData("P1Y", "is not a duration.")]
    [InlineData("P1W2D", "is not a duration.")]
    [InlineData("P", "is not a duration.")]
    [InlineData("PT", "is not a duration.")]
    [InlineData("P1DT", "is not a duration.")]
    [InlineData("PT1.5H", "is not a duration.")]
    [InlineData("pt1h", "is not a duration.")]
    [InlineData("00:00:00.00000001", "is not a duration.")]
    [InlineData("٢٤:00:00", "is not a duration.")]
    [InlineData("00:00:01\n", "is not a duration.")]
    [InlineData("9999999.00:00:00", "is not a duration.")]
    [InlineData("", "is not a duration.")]
    public void Anything_else_is_refused_with_what_to_write(string text, string told)
    {
        var fault = Duration.Read(text, out var value);

        Assert.Contains(told, fault, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.Zero, value);
    }

    [Fact]
    public void Every_duration_is_read_back_from_both_forms()
    {
        var random = new Random(Seed);
        for (var i = 0; i < Samples; i++)
        {
            var value = TimeSpan.FromTicks(random.NextInt64(TimeSpan.FromDays(Math.Pow(10, random.Next(-6, 6))).Ticks));

            Assert.Null(Duration.Read(value.ToString("c", CultureInfo.InvariantCulture), out var clock));
            Assert.Equal(value, clock);
            Assert.Null(Duration.Read(XmlConvert.ToString(value), out var iso));
            Assert.Equal(value, iso);
        }
    }

    [Fact]
    public void Whatever_is_accepted_means_the_same_to_the_platforms_parsers()
    {
        const string Alphabet = "0123456789:.:PTDHMS";
        var random = new Random(Seed);
        var accepted = 0;
        for (var i = 0; i < 50 * Samples; i++)
        {
            var text = string.Create(random.Next(2, 9), random, static (span, random) =>
            {
                foreach (ref var character in span)
                {
                    character = Alphabet[random.Next(Alphabet.Length)];
                }
            });
            text = i % 2 == 0 ? "P" + text : text;
            if (Duration.Read(text, out var value) is null)
            {
                accepted++;
                Assert.Equal(text[0] == 'P' ? XmlConvert.ToTimeSpan(text) : TimeSpan.Parse(text, CultureInfo.InvariantCulture), value);
            }
        }

        Assert.True(accepted > 500, $"Only {accepted} of the texts were durations.");
    }

    [Fact]
    public void What_a_refusal_says_to_write_is_read_as_the_hours_that_were_meant()
    {
        var random = new Random(Seed);
        for (var i = 0; i < Samples; i++)
        {
            var (hours, minutes, seconds) = (random.Next(24, 10_000), random.Next(60), random.Next(60));
            var text = string.Create(CultureInfo.InvariantCulture, $"{hours}:{minutes:00}:{seconds:00}");

            var words = Duration.Read(text, out _)!.Split("Write ")[1].TrimEnd('.').Split(" or ");

            foreach (var word in words)
            {
                Assert.Null(Duration.Read(word, out var value));
                Assert.Equal(new TimeSpan(hours, minutes, seconds), value);
            }
        }
    }
}

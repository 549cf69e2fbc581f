using SessionFunctions.Client.Passports;
using Support.Http;

namespace SessionClient.Tests.Passports;

/// <summary>The compact form of the feed.</summary>
public sealed class EndingsPageTests
{
    private static readonly EndingsBody Body = new()
    {
        Cursor = "d1.42",
        More = true,
        Held = TimeSpan.FromMilliseconds(1200),
        Age = TimeSpan.FromMilliseconds(35),
        CompleteAsOf = new DateTimeOffset(2030, 1, 1, 12, 0, 0, TimeSpan.Zero),
        RevokedBefore = new DateTimeOffset(2029, 1, 1, 12, 0, 0, 5, TimeSpan.Zero),
        HeldSince = new DateTimeOffset(2029, 12, 1, 12, 0, 0, 1, TimeSpan.Zero),
        Endings = [("ses_a", TimeSpan.FromMilliseconds(7)), ("ses_b", TimeSpan.Zero)],
    };

    [Fact]
    public void A_body_is_read_whole()
    {
        var page = EndingsPage.Parse(Body.ToBytes())!;

        Assert.Equal(("d1.42", true, 2), (page.Cursor, page.More, page.Count));
        Assert.Equal((Body.Held, Body.Age, Body.Lifetime, Body.Keep), (page.Held, page.Age, page.Lifetime, page.Keep));
        Assert.Equal((Body.CompleteAsOf, Body.RevokedBefore, Body.HeldSince), (page.CompleteAsOf, page.RevokedBefore, page.HeldSince));
        Assert.Equal((SidHash.Of("ses_a"), TimeSpan.FromMilliseconds(7)), page.EntryAt(0));
        Assert.Equal((SidHash.Of("ses_b"), TimeSpan.Zero), page.EntryAt(1));
    }

    [Fact]
    public void A_body_that_is_cut_short_or_too_long_is_none()
    {
        var bytes = Body.ToBytes();

        Assert.All(Enumerable.Range(0, bytes.Length), length => Assert.Null(EndingsPage.Parse(bytes.AsMemory(0, length))));
        Assert.Null(EndingsPage.Parse(new byte[] { 0 }.Prepend<byte>(0).ToArray()));
        Assert.Null(EndingsPage.Parse(bytes.Append<byte>(0).ToArray()));
    }

    [Theory]
    [InlineData(0, 'X')]
    [InlineData(3, '2')]
    [InlineData(6, 0xFF)]
    [InlineData(24, 0x7F)]
    [InlineData(40, 0x7F)]
    [InlineData(48, 0xFF)]
    [InlineData(52, ' ')]
    public void A_body_of_another_form_is_none(int position, int value)
    {
        var bytes = Body.ToBytes();
        bytes[position] = (byte)value;

        Assert.Null(EndingsPage.Parse(bytes));
    }

    [Fact]
    public void A_body_without_a_cursor_is_none() => Assert.Null(EndingsPage.Parse((Body with { Cursor = "" }).ToBytes()));
}

using SessionCore.Sessions;

namespace SessionCore.Tests.Sessions;

public sealed class SessionIdTests
{
    private static readonly SessionId Id = new(new SessionLocator(SessionLocator.PartitionOf("alice"), SessionLocator.NewId()));

    [Fact]
    public void The_text_reads_back()
    {
        Assert.True(SessionId.TryParse(Id.ToString(), out var read));
        Assert.Equal(Id, read);
        Assert.Equal(SessionId.TextLength, Id.ToString().Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ses_")]
    [InlineData("ses_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("ses_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("ses_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/A")]
    [InlineData("ses_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA A")]
    [InlineData("SES_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Other_text_is_refused(string text) => Assert.False(SessionId.TryParse(text, out _));

    [Fact]
    public void One_id_has_one_text()
    {
        // The last of 43 characters carries two bits that no byte needs.
        Assert.True(SessionId.TryParse("ses_" + new string('A', 43), out _));
        Assert.False(SessionId.TryParse("ses_" + new string('A', 42) + "B", out _));
    }

    [Fact]
    public void The_keys_of_its_row_read_back_and_others_do_not()
    {
        Assert.True(SessionLocator.TryParseKeys(Id.Locator.PartitionKey, Id.Locator.RowKey, out var locator));
        Assert.Equal(Id.Locator, locator);
        Assert.False(SessionLocator.TryParseKeys(Id.Locator.PartitionKey, "u_" + Id.Locator.PartitionKey, out _));
        Assert.False(SessionLocator.TryParseKeys("AB" + Id.Locator.PartitionKey[2..], Id.Locator.RowKey, out _));
        Assert.False(SessionLocator.TryParseKeys("~control", "revoke-before", out _));
    }
}

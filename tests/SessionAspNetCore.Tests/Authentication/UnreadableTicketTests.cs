using SessionAspNetCore.Tests.Hosting;
using SessionFunctions.Client;

namespace SessionAspNetCore.Tests.Authentication;

/// <summary>Data that look like a ticket and are none: the session still counts, with its user and its claims.</summary>
[Collection(nameof(ApiServer))]
public sealed class UnreadableTicketTests(ApiServer api)
{
    [Theory]
    [InlineData("not base64!")]
    [InlineData("AAAA")] // too short
    [InlineData("BQAAAAVwbGFpbg==")] // ends within
    [InlineData("")]
    public async Task A_ticket_that_cannot_be_read_leaves_the_user_signed_in_and_is_logged(string ticket)
    {
        await using var app = await TestApp.StartAsync(api);
        var user = TestApp.NewUser();
        var issued = await app.Client.CreateAsync(new NewSession { UserId = user, Claims = new() { ["name"] = "Carol" }, Data = new() { ["aspnetTicket"] = ticket } });
        using var browser = app.Browse();
        browser.Cookies["__Host-session"] = issued.Token;

        var who = await browser.JsonAsync("/who");

        Assert.Equal(("Carol", issued.Sid), (who.GetProperty("name").GetString(), who.GetProperty("sid").GetString()));
        Assert.Contains(app.Log.Lines, line => line.Contains(issued.Sid, StringComparison.Ordinal) && line.Contains("aspnetTicket", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_member_of_the_same_name_that_is_no_text_is_the_applications_own()
    {
        await using var app = await TestApp.StartAsync(api);
        var issued = await app.Client.CreateAsync(new NewSession { UserId = TestApp.NewUser(), Claims = new() { ["name"] = "Carol" }, Data = new() { ["aspnetTicket"] = 7 } });
        using var browser = app.Browse();
        browser.Cookies["__Host-session"] = issued.Token;

        Assert.Equal("Carol", (await browser.JsonAsync("/who")).GetProperty("name").GetString());
        Assert.DoesNotContain(app.Log.Lines, line => line.Contains(issued.Sid, StringComparison.Ordinal) && line.Contains("aspnetTicket", StringComparison.Ordinal));
    }
}

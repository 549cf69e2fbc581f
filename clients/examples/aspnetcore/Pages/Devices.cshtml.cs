using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SessionFunctions.AspNetCore.Authentication;

namespace AspNetCoreExample.Pages;

/// <summary>Where the user is signed in.</summary>
[Authorize]
internal sealed class DevicesModel(UserSessions sessions) : PageModel
{
    [TempData]
    public string? Message { get; set; }

    public IReadOnlyList<UserSession> Devices { get; private set; } = [];

    public async Task OnGetAsync() => Devices = await sessions.ListAsync(HttpContext);

    public async Task<IActionResult> OnPostEndAsync(string sid)
    {
        Message = await sessions.EndAsync(HttpContext, sid) ? "The session was ended." : "That session had already ended.";
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostEverywhereAsync()
    {
        await sessions.SignOutEverywhereAsync(HttpContext);
        return RedirectToPage("/Login", new { reason = "signed-out-everywhere" });
    }
}

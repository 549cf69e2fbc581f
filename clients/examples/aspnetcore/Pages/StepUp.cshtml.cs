using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SessionFunctions.AspNetCore.Authentication;

namespace AspNetCoreExample.Pages;

/// <summary>A second factor for what needs one.</summary>
[Authorize]
internal sealed class StepUpModel : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty]
    public string? Code { get; set; }

    public string? Error { get; private set; }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!DemoUsers.IsCode(User, Code))
        {
            Error = "The code is wrong.";
            return Page();
        }

        await HttpContext.StepUpAsync("aal2", ["pwd", "otp"]);
        return LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/");
    }
}

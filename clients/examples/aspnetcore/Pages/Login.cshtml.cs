using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SessionFunctions.AspNetCore.Authentication;

namespace AspNetCoreExample.Pages;

/// <summary>The sign-in, and why a user has to sign in again.</summary>
internal sealed class LoginModel : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Reason { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    [BindProperty]
    public bool Remember { get; set; }

    public string? Error { get; private set; }

    public async Task<IActionResult> OnPostAsync()
    {
        if (DemoUsers.Find(Name, Password) is not { } principal)
        {
            Error = "Name or password is wrong.";
            return Page();
        }

        var properties = new AuthenticationProperties { IsPersistent = Remember }
            .SetAssuranceLevel("aal1")
            .SetAuthenticationMethods("pwd");
        await HttpContext.SignInAsync(principal, properties);
        return LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/");
    }
}

using SessionFunctions.AspNetCore.Authentication;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddRazorPages();

// The swap: .AddCookie(…) was here. SESSIONS_URL and SESSIONS_KEY name the API.
builder.Services.AddAuthentication(SessionsDefaults.AuthenticationScheme).AddSessions(options =>
{
    options.LoginPath = "/Login";
    options.StepUpPath = "/StepUp";
});
builder.Services.AddAuthorization(options =>
    options.AddPolicy("recent", policy => policy.RequireSignIn(TimeSpan.FromMinutes(5), "aal2")));

var app = builder.Build();
app.UseStaticFiles();
app.UseAuthentication();
app.UseAuthorization();
app.MapRazorPages();
app.MapGet("/api/me", (HttpContext context) => TypedResults.Ok(new { name = context.User.Identity?.Name })).RequireAuthorization();
await app.RunAsync();

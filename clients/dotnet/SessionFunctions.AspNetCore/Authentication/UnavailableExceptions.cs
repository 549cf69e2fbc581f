using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace SessionFunctions.AspNetCore.Authentication;

/// <summary>
/// Answers 503 for an exception that says that the API cannot be reached, thrown by a sign-in, a sign-out or by other code of the
/// application: in the application's exception handler, on the developer's exception page, or, without either, around all else.
/// </summary>
internal sealed class UnavailableExceptions(IOptionsMonitor<SessionsAuthenticationOptions> options, string scheme)
    : IExceptionHandler, IDeveloperPageExceptionFilter, IStartupFilter
{
    /// <summary>Registers it once, with the options of the first scheme.</summary>
    public static void Register(IServiceCollection services, string scheme)
    {
        if (services.Any(static service => service.ServiceType == typeof(UnavailableExceptions)))
        {
            return;
        }

        services.AddSingleton(provider => new UnavailableExceptions(provider.GetRequiredService<IOptionsMonitor<SessionsAuthenticationOptions>>(), scheme));
        services.AddSingleton<IExceptionHandler>(static provider => provider.GetRequiredService<UnavailableExceptions>());
        services.AddSingleton<IDeveloperPageExceptionFilter>(static provider => provider.GetRequiredService<UnavailableExceptions>());
        services.AddSingleton<IStartupFilter>(static provider => provider.GetRequiredService<UnavailableExceptions>());
    }

    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (!UnavailableAnswer.IsMeantBy(exception))
        {
            return false;
        }

        await UnavailableAnswer.WriteAsync(httpContext, exception, options.Get(scheme).OnUnavailable).ConfigureAwait(false);
        return true;
    }

    /// <inheritdoc/>
    public async Task HandleExceptionAsync(ErrorContext errorContext, Func<ErrorContext, Task> next)
    {
        if (!await TryHandleAsync(errorContext.HttpContext, errorContext.Exception, errorContext.HttpContext.RequestAborted).ConfigureAwait(false))
        {
            await next(errorContext).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (context, following) =>
        {
            try
            {
                await following(context).ConfigureAwait(false);
            }
            catch (Exception e) when (UnavailableAnswer.IsMeantBy(e) && !context.Response.HasStarted)
            {
                await TryHandleAsync(context, e, context.RequestAborted).ConfigureAwait(false);
            }
        });
        next(app);
    };
}

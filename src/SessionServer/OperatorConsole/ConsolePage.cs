using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using SessionApi.Callers;
using SessionApi.Contract;

namespace SessionServer.OperatorConsole;

/// <summary>The operator's console. The browser loads everything from this host, and talks to no other but the sign-in service of Entra ID.</summary>
internal static class ConsolePage
{
    private const string Root = "/console";
    private const string ConfigurationFile = "config.json";
    private const string Assets = "assets/";
    private const string Forever = "public, max-age=31536000, immutable";

    private const string HowToBuild =
        "The console is not in this build of SessionServer. Run 'dotnet dev.cs up', or 'npm ci && npm run build' in src/SessionConsole, then build SessionServer again.\n";

    /// <summary>Maps the console, unless it is switched off.</summary>
    public static void Map(WebApplication app)
    {
        if (!app.Services.GetRequiredService<IOptions<ConsoleOptions>>().Value.Enabled)
        {
            return;
        }

        app.MapMethods(Root + "/{**file}", [HttpMethods.Get, HttpMethods.Head], (RequestDelegate)SendAsync);
    }

    private static Task SendAsync(HttpContext context)
    {
        // Its addresses are relative to the folder.
        if (context.Request.Path == Root)
        {
            return Results.Redirect($"{context.Request.PathBase}{Root}/{context.Request.QueryString}").ExecuteAsync(context);
        }

        var services = context.RequestServices;
        var entra = services.GetRequiredService<IOptions<EntraOptions>>().Value;
        SetHeaders(context.Response.Headers, entra);
        var file = (string?)context.GetRouteValue("file") is { Length: > 0 } named ? named : ConsoleFiles.Page;
        return (file == ConfigurationFile ? SendConfiguration(context, entra) : SendFile(context, file)).ExecuteAsync(context);
    }

    private static void SetHeaders(IHeaderDictionary headers, EntraOptions entra)
    {
        var signIn = entra.TenantId is null ? "" : " " + new Uri(entra.Instance).GetLeftPart(UriPartial.Authority);
        headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'{signIn}; "
            + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers.CacheControl = "no-cache";
    }

    private static IResult SendFile(HttpContext context, string name)
    {
        if (!ConsoleFiles.AreBuilt)
        {
            return Results.Text(HowToBuild, statusCode: StatusCodes.Status404NotFound);
        }

        if (ConsoleFiles.Open(name, context.Request.Headers.AcceptEncoding.ToString(), out var encoding) is not { } content)
        {
            return Results.NotFound();
        }

        var headers = context.Response.Headers;
        headers.Vary = "Accept-Encoding";
        headers.ContentEncoding = encoding;
        if (name.StartsWith(Assets, StringComparison.Ordinal))
        {
            headers.CacheControl = Forever;
        }

        return Results.Stream(content, TypeOf(name));
    }

    private static IResult SendConfiguration(HttpContext context, EntraOptions entra)
    {
        var options = context.RequestServices.GetRequiredService<IOptions<ConsoleOptions>>().Value;
        var configuration = new JsonObject { ["apiUrl"] = ".." + Operation.BasePath };
        if (!string.IsNullOrEmpty(options.ClientId) && !string.IsNullOrEmpty(entra.TenantId))
        {
            configuration["entra"] = new JsonObject
            {
                ["clientId"] = options.ClientId,
                ["authority"] = $"{entra.Instance.TrimEnd('/')}/{entra.TenantId}",
                ["scope"] = options.Scope ?? entra.Audiences[0] + "/.default",
            };
        }

        if (context.RequestServices.GetRequiredService<IHostEnvironment>().IsDevelopment())
        {
            configuration["development"] = true;
        }

        context.Response.Headers.CacheControl = "no-store";
        return Results.Text(configuration.ToJsonString(JsonSerializerOptions.Default), "application/json");
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".html" => "text/html; charset=utf-8",
        _ => "text/plain; charset=utf-8",
    };
}

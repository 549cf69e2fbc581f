namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Lets functions take and answer ASP.NET Core's requests.</summary>
public static class FunctionsApplicationBuilderAspNetCoreExtensions
{
    /// <summary>Adds the integration.</summary>
    /// <param name="builder">The app.</param>
    public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder) => builder;
}

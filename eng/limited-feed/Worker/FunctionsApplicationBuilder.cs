using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Composes a functions app.</summary>
public abstract class FunctionsApplicationBuilder
{
    /// <summary>Gets the environment.</summary>
    public abstract IHostEnvironment Environment { get; }

    /// <summary>Gets what configures the log.</summary>
    public abstract ILoggingBuilder Logging { get; }

    /// <summary>Gets the services.</summary>
    public abstract IServiceCollection Services { get; }

    /// <summary>Makes the host.</summary>
    public abstract IHost Build();
}

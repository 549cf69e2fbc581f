using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace SessionHosting;

/// <summary>Start of a host. Faults that an operator can correct are one line each on standard error, all at once.</summary>
public static class HostStart
{
    private const int Refused = 1;

    private static volatile bool _isOver;

    /// <summary>Keeps the platform from logging a failed start as a stack trace; <see cref="RunAsync"/> reports it instead.</summary>
    public static ILoggingBuilder AddStartFilter(this ILoggingBuilder logging) => logging
        .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", static level => _isOver && level >= LogLevel.Information)
        .AddFilter("Microsoft.AspNetCore.Server.Kestrel", static level => level is >= LogLevel.Warning and < LogLevel.Critical);

    /// <summary>Builds a host and runs it until it is stopped.</summary>
    /// <param name="build">Builds the host.</param>
    /// <returns>The exit code: 1 when the start was refused.</returns>
    public static async Task<int> RunAsync(Func<IHost> build)
    {
        ArgumentNullException.ThrowIfNull(build);
        IHost? host = null;
        try
        {
            host = build();
            await host.StartAsync();
        }
        catch (Exception exception) when (LinesOf(exception) is [_, ..])
        {
            foreach (var line in LinesOf(exception))
            {
                await Console.Error.WriteLineAsync(line);
            }

            await DisposeAsync(host);
            return Refused;
        }

        _isOver = true;
        try
        {
            await host.WaitForShutdownAsync();
        }
        finally
        {
            await DisposeAsync(host);
        }

        return 0;
    }

    /// <summary>Checks all options, before any service is built from them.</summary>
    /// <exception cref="OptionsValidationException">The options of one section are wrong.</exception>
    /// <exception cref="AggregateException">The options of several sections are wrong.</exception>
    public static void CheckOptions(IServiceProvider services) => services.GetRequiredService<IStartupValidator>().Validate();

    /// <summary>Waits until the whole host has started. Work in the background begins with it, so that a host whose start is refused does none.</summary>
    /// <param name="lifetime">The host's lifetime.</param>
    /// <param name="stoppingToken">Cancelled when the host stops, also when it never started.</param>
    /// <exception cref="OperationCanceledException">The host stops.</exception>
    public static async Task WaitForStartAsync(this IHostApplicationLifetime lifetime, CancellationToken stoppingToken)
    {
        ArgumentNullException.ThrowIfNull(lifetime);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
    }

    /// <summary>
    /// Returns the lines that report a failed start; none for a fault of the program itself, which keeps its stack trace.
    /// </summary>
    internal static IReadOnlyList<string> LinesOf(Exception exception) =>
        [.. FaultsOf(exception).Select(fault => string.Concat(fault.Select(character => char.IsControl(character) ? ' ' : character)))];

    private static IEnumerable<string> FaultsOf(Exception exception) => exception switch
    {
        OptionsValidationException invalid => invalid.Failures.Select(failure => $"Configuration: {failure}"),
        AggregateException several => several.InnerExceptions.SelectMany(FaultsOf),

        // A file of settings that is not JSON; the inner exception says where.
        InvalidDataException { InnerException: FormatException reason } file => [$"Configuration: {file.Message} {reason.InnerException?.Message ?? reason.Message}"],
        IOException { InnerException: AddressInUseException } address => [$"Start: {address.Message} Stop the program that listens there, or choose another address with --urls or ASPNETCORE_URLS."],
        SocketException { SocketErrorCode: SocketError.AccessDenied or SocketError.AddressNotAvailable } socket =>
            [$"Start: The address cannot be listened on: {socket.Message}. Choose another with --urls or ASPNETCORE_URLS."],
        _ => [],
    };

    private static async ValueTask DisposeAsync(IHost? host)
    {
        if (host is IAsyncDisposable asynchronous)
        {
            await asynchronous.DisposeAsync();
        }
        else
        {
            host?.Dispose();
        }
    }
}

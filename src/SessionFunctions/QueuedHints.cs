using System.Globalization;
using System.Numerics;
using Azure;
using Azure.Identity;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using SessionCore.Events;
using SessionCore.Protection;

namespace SessionFunctions;

/// <summary>Sends hints to the queue that triggers the delivery of events, in the app's own storage account.</summary>
/// <remarks>
/// No request waits for a hint. While one is sent, and for a moment after, the lanes of further commits are gathered into the next one.
/// A hint that cannot be sent is dropped: the timer finds what it announced.
/// </remarks>
public sealed partial class QueuedHints : IEventHints
{
    /// <summary>The name of the queue, by the setting that names it.</summary>
    public const string QueueSetting = "%EventQueue%";

    private const string Account = "AzureWebJobsStorage";
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan SendTime = TimeSpan.FromSeconds(10);

    // A hint that nobody takes is of no use once the timer has run.
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private readonly Lazy<QueueClient?> _queue;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<QueuedHints> _logger;
    private int _lanes;
    private int _isSending;

    /// <summary>Creates the sender. Nothing is contacted before the first hint.</summary>
    public QueuedHints(IConfiguration configuration, TimeProvider timeProvider, ILogger<QueuedHints> logger)
    {
        _queue = new Lazy<QueueClient?>(() => QueueOf(configuration));
        _timeProvider = timeProvider;
        _logger = logger;
    }

    /// <summary>Reads a hint.</summary>
    /// <returns>Its lanes; null, which means all of them, for a text that is none.</returns>
    public static IReadOnlyCollection<int>? LanesOf(string hint) =>
        uint.TryParse(hint, NumberStyles.None, CultureInfo.InvariantCulture, out var lanes) && lanes is > 0 and < 1 << EventPump.Lanes
            ? [.. Enumerable.Range(0, EventPump.Lanes).Where(lane => (lanes & (1u << lane)) != 0)]
            : null;

    /// <inheritdoc/>
    public void Committed(int lane)
    {
        Interlocked.Or(ref _lanes, 1 << lane);
        if (Interlocked.Exchange(ref _isSending, 1) == 0)
        {
            _ = Task.Run(SendAllAsync, CancellationToken.None);
        }
    }

    private async Task SendAllAsync()
    {
        do
        {
            while (Interlocked.Exchange(ref _lanes, 0) is not 0 and var lanes)
            {
                await SendAsync(lanes);
                await Task.Delay(Gathering, _timeProvider, CancellationToken.None);
            }

            Volatile.Write(ref _isSending, 0);
        }
        while (Volatile.Read(ref _lanes) != 0 && Interlocked.Exchange(ref _isSending, 1) == 0);
    }

    private async Task SendAsync(int lanes)
    {
        using var deadline = new CancellationTokenSource(SendTime, _timeProvider);
        try
        {
            if (_queue.Value is { } queue)
            {
                await queue.SendMessageAsync(lanes.ToString(CultureInfo.InvariantCulture), timeToLive: Life, cancellationToken: deadline.Token);
            }
        }
        catch (Exception exception) when (exception is RequestFailedException or AuthenticationFailedException or OperationCanceledException or FormatException)
        {
            LogNotSent(_logger, BitOperations.PopCount((uint)lanes), exception);
        }
    }

    // As the platform reads the same settings for the trigger.
    private static QueueClient? QueueOf(IConfiguration configuration)
    {
        var name = configuration[QueueSetting.Trim('%')];
        if (string.IsNullOrEmpty(name))
        {
            return null;
        }

        var options = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 };
        var account = configuration.GetSection(Account);
        if (account.Value is { Length: > 0 } connectionString)
        {
            return new QueueClient(connectionString, name, options);
        }

        var service = account["queueServiceUri"] ?? (account["accountName"] is { Length: > 0 } accountName ? $"https://{accountName}.queue.core.windows.net" : null);
        return service is null ? null : new QueueClient(new Uri($"{service.TrimEnd('/')}/{name}"), AppIdentity.Credential(account["clientId"]), options);
    }

    [LoggerMessage(1915, LogLevel.Warning, "A hint to deliver events of {Lanes} lanes could not be sent; the timer delivers them")]
    private static partial void LogNotSent(ILogger logger, int lanes, Exception exception);
}

using System.Text.Json;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;
using SessionCore.Sessions;

namespace SessionHosting.Events;

/// <summary>Events in the JSON format of CloudEvents 1.0, structured mode.</summary>
internal static class CloudEventJson
{
    /// <summary>The content type of one event.</summary>
    public const string ContentType = "application/cloudevents+json";

    private static readonly JsonEventFormatter Formatter = new();

    /// <summary>Returns an event as bytes, the same for every repetition.</summary>
    public static ReadOnlyMemory<byte> Of(SessionEvent told, string source) => Formatter.EncodeStructuredModeMessage(EventOf(told, source), out _);

    /// <summary>Returns a batch of one event as bytes, the same for every repetition.</summary>
    public static ReadOnlyMemory<byte> BatchOf(SessionEvent told, string source) => Formatter.EncodeBatchModeMessage([EventOf(told, source)], out _);

    private static CloudEvent EventOf(SessionEvent told, string source) => new(CloudEventsSpecVersion.V1_0)
    {
        Id = told.Id,
        Type = told.Type,
        Source = new Uri(source, UriKind.Absolute),
        Subject = told.Subject,
        Time = told.At,
        DataContentType = "application/json",
        Data = JsonElement.Parse(told.DataJson.Span),
    };
}

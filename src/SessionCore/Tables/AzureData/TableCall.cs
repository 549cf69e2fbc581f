using Azure.Core;
using Azure.Core.Pipeline;

namespace SessionCore.Tables.AzureData;

/// <summary>State of a call, shared by its tries: the SDK's pipeline sees each try, the adapter only the last.</summary>
internal sealed class TableCall(TimeSpan limit, TimeProvider timeProvider)
{
    private const string Property = "SessionCore.TableCall";

    private readonly long _started = timeProvider.GetTimestamp();

    /// <summary>Gets the time left for all tries.</summary>
    public TimeSpan Left => limit - timeProvider.GetElapsedTime(_started);

    /// <summary>Gets or sets a value indicating whether a failed try may have been applied.</summary>
    public bool Uncertain { get; set; }

    /// <summary>Returns the call of a request.</summary>
    public static TableCall Of(HttpMessage message) =>
        message.TryGetProperty(Property, out var value) && value is TableCall call
            ? call
            : throw new InvalidOperationException("The request belongs to no call.");

    /// <summary>Associates the requests of this asynchronous flow with this call until the result is disposed.</summary>
    public IDisposable Enter() =>
        HttpPipeline.CreateHttpMessagePropertiesScope(new Dictionary<string, object?>(1, StringComparer.Ordinal) { [Property] = this });
}

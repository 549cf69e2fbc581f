using Azure.Core;
using Azure.Core.Pipeline;

namespace SessionCore.Tables.AzureData;

/// <summary>State of one call, shared by its tries: the SDK's pipeline sees each try, the adapter only the last one.</summary>
internal sealed class TableCall(TimeSpan limit, TimeProvider timeProvider)
{
    private const string Property = "SessionCore.TableCall";

    private readonly long _started = timeProvider.GetTimestamp();

    /// <summary>Gets what is left of the time of all tries.</summary>
    public TimeSpan Left => limit - timeProvider.GetElapsedTime(_started);

    /// <summary>Gets or sets a value indicating whether a try that was repeated may have been applied.</summary>
    public bool Uncertain { get; set; }

    /// <summary>Gives the call that a request belongs to.</summary>
    public static TableCall Of(HttpMessage message) =>
        message.TryGetProperty(Property, out var value) && value is TableCall call
            ? call
            : throw new InvalidOperationException("A request outside of a call.");

    /// <summary>Marks the requests of this asynchronous flow as this call's, until the result is disposed.</summary>
    public IDisposable Enter() =>
        HttpPipeline.CreateHttpMessagePropertiesScope(new Dictionary<string, object?>(1, StringComparer.Ordinal) { [Property] = this });
}

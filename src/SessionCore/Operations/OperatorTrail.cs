using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Operations;

/// <summary>Trail of what operators do: a chain of its own, as that of a user's events.</summary>
public sealed class OperatorTrail
{
    /// <summary>How the type of a record begins; the action follows.</summary>
    public const string TypePrefix = "operator.";

    private readonly AuditChain _chain;
    private readonly TimeProvider _timeProvider;

    internal OperatorTrail(AuditChain chain, TimeProvider timeProvider)
    {
        _chain = chain;
        _timeProvider = timeProvider;
    }

    /// <summary>Gets a value indicating whether the audit is on. Otherwise nothing is recorded.</summary>
    public bool IsOn => _chain.IsOn;

    /// <summary>Records an action. Call it before the action, so that none is made without its record.</summary>
    /// <param name="action">What is done, in kebab-case, such as <c>job-started</c>.</param>
    /// <param name="actor">The operator: the caller's id.</param>
    /// <param name="details">What it is done to, such as the number of a job; never a secret. Null for nothing.</param>
    /// <param name="cancellationToken">Cancels the wait; the record may exist.</param>
    /// <exception cref="StoreUnavailableException">It is not certain that the record exists, so the action must not be made.</exception>
    public async ValueTask RecordAsync(
        string action, string actor, IReadOnlyDictionary<string, string>? details, CancellationToken cancellationToken)
    {
        if (!IsOn)
        {
            return;
        }

        var told = new SessionEvent(OperationId.New(), TypePrefix + action, _timeProvider.GetSessionTime(), Subject: null, DataOf(actor, details));
        _ = await _chain.AppendAsync(AuditChain.OfOperators, told, with: null, cancellationToken); // only another write could keep it from being appended
    }

    private static byte[] DataOf(string actor, IReadOnlyDictionary<string, string>? details)
    {
        var output = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(output, JsonText.WriterOptions);
        json.WriteStartObject();
        json.WriteString("actor"u8, actor);
        json.WriteStartObject("details"u8);
        foreach (var (name, value) in details ?? ImmutableDictionary<string, string>.Empty)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return output.WrittenSpan.ToArray();
    }
}

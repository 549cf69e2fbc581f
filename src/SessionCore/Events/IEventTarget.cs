using SessionCore.Sessions;

namespace SessionCore.Events;

/// <summary>Receiver of events. Implementations belong to a host; delivery knows nothing of how an event travels.</summary>
public interface IEventTarget
{
    /// <summary>Gets the name, unique and without spaces. What is owed to a target is kept under it.</summary>
    string Name { get; }

    /// <summary>Whether the target receives events of a type.</summary>
    bool Wants(string type);

    /// <summary>Delivers an event. A repetition carries the same id.</summary>
    /// <returns>Whether the receiver has acknowledged it. Every failure is false, never an exception.</returns>
    /// <exception cref="OperationCanceledException">The caller has given up; the event may have arrived.</exception>
    ValueTask<bool> DeliverAsync(SessionEvent delivered, CancellationToken cancellationToken);
}

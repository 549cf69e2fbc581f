using SessionCore.Sessions;

namespace SessionCore.Caching;

/// <summary>Channel between instances that tells which sessions have changed. A hint: messages may be lost, late, repeated or false.</summary>
public interface IChangeChannel
{
    /// <summary>Tells all instances of a change. Never throws and never waits; where it cannot tell, nobody learns of it.</summary>
    void Publish(SessionLocator changed);

    /// <summary>Begins to listen; a repetition is without effect. Never throws: the channel tries again by itself.</summary>
    /// <param name="changed">Called for each message, from any thread.</param>
    void Listen(Action<SessionLocator> changed);
}

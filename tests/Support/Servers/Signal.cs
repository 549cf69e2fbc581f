namespace Support.Servers;

/// <summary>The signals that tests send to a server.</summary>
public enum Signal
{
    /// <summary>Ends at once, nothing is flushed.</summary>
    Kill,

    /// <summary>Asks to end.</summary>
    Terminate,

    /// <summary>Asks to end, as Ctrl+C does.</summary>
    Interrupt,

    /// <summary>Freezes: the port stays open, nothing answers.</summary>
    Stop,

    /// <summary>Goes on after <see cref="Stop"/>.</summary>
    Continue,
}

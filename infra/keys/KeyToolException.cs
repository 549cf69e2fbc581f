namespace KeyTool;

/// <summary>What the operator can do something about; the message says what.</summary>
public sealed class KeyToolException : Exception
{
    /// <summary>Creates it without a message.</summary>
    public KeyToolException()
    {
    }

    /// <summary>Creates it with what to do.</summary>
    public KeyToolException(string message)
        : base(message)
    {
    }

    /// <summary>Creates it with what to do and what went wrong beneath.</summary>
    public KeyToolException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

namespace Azure.Data.Tables;

/// <summary>A transaction that was refused.</summary>
/// <param name="requestFailedException">The refusal.</param>
public class TableTransactionFailedException(RequestFailedException requestFailedException) : RequestFailedException(requestFailedException.Message)
{
    /// <summary>Gets the part that was refused.</summary>
    public int? FailedTransactionActionIndex { get; }
}

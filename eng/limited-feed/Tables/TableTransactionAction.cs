namespace Azure.Data.Tables;

/// <summary>A part of a transaction.</summary>
/// <param name="actionType">What it does.</param>
/// <param name="entity">To which row.</param>
/// <param name="etag">Under which entity tag; the default is none.</param>
public class TableTransactionAction(TableTransactionActionType actionType, ITableEntity entity, ETag etag = default)
{
    /// <summary>Gets what it does.</summary>
    public TableTransactionActionType ActionType { get; } = actionType;

    /// <summary>Gets to which row.</summary>
    public ITableEntity Entity { get; } = entity;

    /// <summary>Gets under which entity tag.</summary>
    public ETag ETag { get; } = etag;
}

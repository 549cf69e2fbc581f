namespace Azure.Data.Tables;

/// <summary>What a part of a transaction does. The SDK's upserts are not among these: nothing here may use them.</summary>
public enum TableTransactionActionType
{
    /// <summary>Inserts.</summary>
    Add = 0,

    /// <summary>Changes some properties.</summary>
    UpdateMerge = 1,

    /// <summary>Replaces all properties.</summary>
    UpdateReplace = 2,

    /// <summary>Deletes.</summary>
    Delete = 3,
}

using Azure;
using SessionCore.Tables;

namespace SessionFunctions.Tables;

/// <summary>What the SDK's exceptions mean to the port.</summary>
internal static class AzureDataFaults
{
    private const string TableNotFound = nameof(TableNotFound);

    /// <summary>The outcome a refusal stands for; null when it is a fault.</summary>
    public static TableOutcome? OutcomeOf(RequestFailedException refusal) => (refusal.Status, refusal.ErrorCode) switch
    {
        (409, "EntityAlreadyExists") => TableOutcome.AlreadyExists,
        (412, _) => TableOutcome.Conflict,

        // Only the service's own word for it: a 404 of some gateway must not read as "there is no such session".
        (404, "ResourceNotFound" or "EntityNotFound") => TableOutcome.NotFound,
        _ => null,
    };

    /// <summary>Judges a 404 to a delete.</summary>
    public static TableWriteResult NotDeleted(Response answer, string table) =>
        answer.Content?.ToString().Contains(TableNotFound, StringComparison.Ordinal) == true
            ? throw Missing(table, inner: null)
            : new TableWriteResult(TableOutcome.NotFound, FailedIndex: 0, Uncertain: true);

    /// <summary>The exception for a write that was applied and left no entity tag.</summary>
    public static StoreUnavailableException NoTag(string table) => new($"The table {table} gave no entity tag; read the row again.");

    /// <summary>The exception for a fault.</summary>
    public static Exception For(RequestFailedException fault, string table) => fault switch
    {
        { Status: 404, ErrorCode: TableNotFound } => Missing(table, fault),
        { Status: 401 or 403 } => new StoreUnavailableException(
            $"The table {table} refuses these credentials: give them the role Storage Table Data Contributor, or correct the key.", fault),

        // What can be checked beforehand was checked: this is a fault of the program, and no time will mend it.
        { Status: 400 or 413 } => new InvalidOperationException(
            $"Table Storage refused a request to {table} as wrong ({fault.Status} {fault.ErrorCode}).", fault),
        _ => new StoreUnavailableException($"The table {table} answered {fault.Status} {fault.ErrorCode}; try again.", fault),
    };

    private static StoreUnavailableException Missing(string table, Exception? inner) => new($"The table {table} is missing; create it first.", inner);
}

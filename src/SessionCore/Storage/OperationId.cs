using SessionCore.Sessions;

namespace SessionCore.Storage;

/// <summary>
/// Id of a write, stored in its row. A writer without an answer reads it back to find out whether the write was applied.
/// </summary>
internal static class OperationId
{
    /// <summary>Returns a new random id.</summary>
    public static string New() => SessionLocator.Hex(SessionLocator.NewId());
}

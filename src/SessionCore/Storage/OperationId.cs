using SessionCore.Sessions;

namespace SessionCore.Storage;

/// <summary>Id that a write stamps into its row. A writer whose answer was lost reads it back to learn whether the write was applied.</summary>
internal static class OperationId
{
    /// <summary>Returns a new random id.</summary>
    public static string New() => SessionLocator.Hex(SessionLocator.NewId());
}

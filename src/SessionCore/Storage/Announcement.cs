namespace SessionCore.Storage;

/// <summary>Announcement of a change that is under way.</summary>
/// <param name="Notice">The notice, whose id the events take already.</param>
/// <param name="Written">
/// Completes when the notice exists. The change must not be written before. Faulted with <see cref="Tables.StoreUnavailableException"/>
/// when that is not certain.
/// </param>
internal sealed record Announcement(EventNotice Notice, Task Written)
{
    /// <summary>Completes when the notice exists; at once where events are off, so that there is no announcement.</summary>
    public static Task WrittenAsync(Announcement? announcement) => announcement?.Written ?? Task.CompletedTask;
}

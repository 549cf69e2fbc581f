namespace SessionChecking.Histories;

/// <summary>What a client asked for.</summary>
internal enum CallKind
{
    Create,
    Validate,
    Find,
    Touch,
    ReplaceData,
    MergeData,
    SetExpiry,
    Rotate,
    RotateOwn,
    Upgrade,
    Revoke,
    RevokeAll,
    RevokeBefore,
    List,
    ListEnded,
    ListAll,
    Count,
    Purge,
    KeyedSave,
    KeyedMerge,
    KeyedFind,
    KeyedTouch,
    KeyedRevoke,
    KeyedRevokeAll,
}

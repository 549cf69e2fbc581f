namespace SessionChecking.Passports;

/// <summary>A fault of a verifier, of its feed or of the issuing, to show that the histories find it.</summary>
internal enum PassportFault
{
    /// <summary>None.</summary>
    None,

    /// <summary>The cursor goes past an ending that was not told.</summary>
    CursorSkips,

    /// <summary>Endings are forgotten while passports of their sessions are still valid.</summary>
    PrunedTooEarly,

    /// <summary>The age of the knowledge counts from the arrival of an answer.</summary>
    AgeFromArrival,

    /// <summary>A fallback that gets no answer accepts.</summary>
    FallbackAccepts,

    /// <summary>A passport is given again although its session has changed.</summary>
    ReusedAfterChange,
}

namespace SessionChecking.Passports;

/// <summary>A fault of a verifier or of its feed, to show that the histories find it.</summary>
internal enum VerifierFault
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
}

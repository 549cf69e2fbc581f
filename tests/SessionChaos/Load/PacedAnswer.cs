namespace SessionChaos.Load;

/// <summary>What came of a request.</summary>
internal enum PacedAnswer
{
    /// <summary>It was answered as it should be.</summary>
    Right,

    /// <summary>Answered 503.</summary>
    Later,

    /// <summary>There was no answer, or one that says nothing.</summary>
    None,

    /// <summary>It was answered, and wrongly.</summary>
    Wrong,
}

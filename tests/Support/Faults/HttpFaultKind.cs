namespace Support.Faults;

/// <summary>The faults of one request.</summary>
internal enum HttpFaultKind
{
    Answer,
    Problem,
    CutAnswer,
    Reset,
    BlackHole,
    EmptyPage,
    Late,
    Html,
    HalfAnswer,
}

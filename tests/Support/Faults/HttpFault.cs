namespace Support.Faults;

/// <summary>What becomes of one request. Made by the members only.</summary>
public sealed record HttpFault
{
    private HttpFault(HttpFaultKind kind) => Kind = kind;

    /// <summary>Gets the fault of a request whose answer is lost after the server has done what was asked.</summary>
    public static HttpFault CutAnswer { get; } = new(HttpFaultKind.CutAnswer);

    /// <summary>Gets the fault of a connection that breaks before the request gets anywhere.</summary>
    public static HttpFault Reset { get; } = new(HttpFaultKind.Reset);

    /// <summary>Gets the fault of a request that is swallowed.</summary>
    public static HttpFault BlackHole { get; } = new(HttpFaultKind.BlackHole);

    /// <summary>Gets the answer to a query that has no rows and says that there are more.</summary>
    public static HttpFault EmptyPage { get; } = new(HttpFaultKind.EmptyPage);

    /// <summary>Gets the answer of something that is no table service: a page of HTML, with status 200.</summary>
    public static HttpFault Html { get; } = new(HttpFaultKind.Html);

    /// <summary>Gets the fault of an answer of which the second half is missing, and which ends properly all the same.</summary>
    public static HttpFault HalfAnswer { get; } = new(HttpFaultKind.HalfAnswer);

    internal HttpFaultKind Kind { get; }

    internal int Status { get; private init; }

    internal string Code { get; private init; } = "";

    internal int? RetryAfterSeconds { get; private init; }

    internal TimeSpan Delay { get; private init; }

    /// <summary>An answer in the server's place.</summary>
    /// <param name="status">Its status.</param>
    /// <param name="code">The Table service's word for it.</param>
    /// <param name="retryAfterSeconds">The wait it asks for; null for none.</param>
    public static HttpFault Answer(int status, string code, int? retryAfterSeconds = null) =>
        new(HttpFaultKind.Answer) { Status = status, Code = code, RetryAfterSeconds = retryAfterSeconds };

    /// <summary>A problem of the session API in the server's place.</summary>
    /// <param name="status">Its status.</param>
    /// <param name="name">The end of its type.</param>
    public static HttpFault Problem(int status, string name) => new(HttpFaultKind.Problem) { Status = status, Code = name };

    /// <summary>A request that gets there late.</summary>
    public static HttpFault Late(TimeSpan delay) => new(HttpFaultKind.Late) { Delay = delay };
}

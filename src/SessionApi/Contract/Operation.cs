using SessionApi.Http;

namespace SessionApi.Contract;

/// <summary>Operation of the API, as hosts map it, the dispatcher enforces it and the contract documents it.</summary>
public sealed class Operation
{
    /// <summary>Base path of all routes, in every host.</summary>
    public const string BasePath = "/api";

    /// <summary>Gets the name, unique and stable; one of <see cref="OperationNames"/>.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the HTTP methods.</summary>
    public required IReadOnlyList<string> Methods { get; init; }

    /// <summary>Gets the route below <see cref="BasePath"/>, without a leading slash.</summary>
    public required string Route { get; init; }

    /// <summary>Gets the access rule. There is no default: the API does not start with an operation without one.</summary>
    internal Access? Access { get; init; }

    /// <summary>Gets the summary in the contract.</summary>
    public required string Summary { get; init; }

    /// <summary>Gets the group in the contract.</summary>
    public required string Group { get; init; }

    /// <summary>Gets the query parameters.</summary>
    internal IReadOnlyList<QueryParameter> Query { get; init; } = [];

    /// <summary>Gets the name of the request body's schema; null for an operation without a body.</summary>
    public string? RequestSchema { get; init; }

    /// <summary>Gets a value indicating whether the body is optional.</summary>
    public bool IsRequestOptional { get; init; }

    /// <summary>Gets a value indicating whether the body may be <c>application/merge-patch+json</c>.</summary>
    public bool IsMergePatch { get; init; }

    /// <summary>
    /// Gets a value indicating whether it is an endpoint of OAuth 2.0: its body is a form, the client may authenticate by a secret (RFC 6749
    /// section 2.3.1), and its problems have the member <c>error</c>.
    /// </summary>
    public bool IsOAuth { get; init; }

    /// <summary>
    /// Gets a value indicating whether <c>If-Match</c> and <c>If-None-Match</c> make it conditional. Any other write with one of them is
    /// refused.
    /// </summary>
    public bool IsConditional { get; init; }

    /// <summary>Gets a value indicating whether unknown query parameters are ignored instead of refused.</summary>
    public bool IgnoresUnknownQuery { get; init; }

    /// <summary>Gets a value indicating whether it accepts an <c>Idempotency-Key</c>.</summary>
    public bool TakesIdempotencyKey { get; init; }

    /// <summary>Gets a value indicating whether it accepts <c>Session-Consistency</c>.</summary>
    public bool TakesConsistency { get; init; }

    /// <summary>Gets a value indicating whether it uses the store, and so may answer 503.</summary>
    public bool NeedsStore { get; init; } = true;

    /// <summary>Gets the successful answers; at least one.</summary>
    internal IReadOnlyList<OperationAnswer> Answers { get; init; } = [];

    /// <summary>Gets its own problem types, in addition to those of every operation of its kind.</summary>
    internal IReadOnlyList<ProblemType> Problems { get; init; } = [];

    /// <summary>Gets the deadline, after which the answer is 503.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Gets a value indicating whether it may wait, as <c>Prefer: wait</c> asks. The time of the wait does not count for the deadline.</summary>
    public bool Waits { get; init; }

    /// <summary>Gets the check of the user's token before the handler runs.</summary>
    internal TokenRequirement TokenRequirement { get; init; }

    /// <summary>Gets a value indicating whether it checks what the request's headers require of the user's sign-in.</summary>
    internal bool ChecksSignIn => Access?.Kind is CallerKind.User && TokenRequirement is TokenRequirement.Live;

    /// <summary>Gets the class that does it.</summary>
    public required Type Handler { get; init; }
}

/// <summary>Successful answer of an operation.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Summary">The description in the contract.</param>
/// <param name="Schema">The name of the body's schema; null without a body.</param>
internal sealed record OperationAnswer(int Status, string Summary, string? Schema = null)
{
    /// <summary>Gets the media type of the body.</summary>
    public string MediaType { get; init; } = "application/json";
}

using SessionApi.Http;

namespace SessionApi.Contract;

/// <summary>One operation of the API: what a host maps, the dispatcher enforces and the contract documents.</summary>
public sealed class Operation
{
    /// <summary>Where the routes begin, in every host.</summary>
    public const string BasePath = "/api";

    /// <summary>Gets the name, unique and stable; one of <see cref="OperationNames"/>.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the HTTP methods.</summary>
    public required IReadOnlyList<string> Methods { get; init; }

    /// <summary>Gets the route below <see cref="BasePath"/>, without a leading slash.</summary>
    public required string Route { get; init; }

    /// <summary>Gets who may call. There is no default: the API does not start with an operation that does not say.</summary>
    public Access? Access { get; init; }

    /// <summary>Gets what it does, in a sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>Gets the group it is documented in.</summary>
    public required string Group { get; init; }

    /// <summary>Gets the query parameters it takes.</summary>
    public IReadOnlyList<QueryParameter> Query { get; init; } = [];

    /// <summary>Gets the name of the request body's schema; null when it takes no body.</summary>
    public string? RequestSchema { get; init; }

    /// <summary>Gets a value indicating whether the body may be left out.</summary>
    public bool IsRequestOptional { get; init; }

    /// <summary>Gets a value indicating whether the body may be <c>application/merge-patch+json</c>.</summary>
    public bool IsMergePatch { get; init; }

    /// <summary>
    /// Gets a value indicating whether <c>If-Match</c> and <c>If-None-Match</c> make it conditional. Any other write with one of them is
    /// refused.
    /// </summary>
    public bool IsConditional { get; init; }

    /// <summary>Gets a value indicating whether query parameters that it does not know are ignored instead of refused.</summary>
    public bool IgnoresUnknownQuery { get; init; }

    /// <summary>Gets a value indicating whether it can be repeated safely under an <c>Idempotency-Key</c>.</summary>
    public bool TakesIdempotencyKey { get; init; }

    /// <summary>Gets a value indicating whether it reads, so that <c>Session-Consistency</c> matters.</summary>
    public bool TakesConsistency { get; init; }

    /// <summary>Gets a value indicating whether it asks the store, and so may answer 503.</summary>
    public bool NeedsStore { get; init; } = true;

    /// <summary>Gets the good answers.</summary>
    public required IReadOnlyList<OperationAnswer> Answers { get; init; }

    /// <summary>Gets the problems of its own, besides those any operation of its kind has.</summary>
    public IReadOnlyList<ProblemType> Problems { get; init; } = [];

    /// <summary>Gets how long it may take before the answer is 503.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Gets how the user's token is judged before the handler runs.</summary>
    internal TokenRequirement TokenRequirement { get; init; }

    /// <summary>Gets the class that does it.</summary>
    public required Type Handler { get; init; }
}

/// <summary>A good answer of an operation.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Summary">When it is given.</param>
/// <param name="Schema">The name of its body's schema; null when it has no body.</param>
public sealed record OperationAnswer(int Status, string Summary, string? Schema = null);

using Microsoft.AspNetCore.Http;

namespace SessionApi.Http;

/// <summary>Problem types. Clients may branch on <c>type</c>; docs/reference/problems.md describes the remedies.</summary>
internal static class ProblemTypes
{
    internal static readonly ProblemType BodyUnreadable =
        new("body-unreadable", StatusCodes.Status400BadRequest, "The body is not of the documented shape.");

    internal static readonly ProblemType Validation =
        new("validation", StatusCodes.Status400BadRequest, "A value of the request is not allowed.");

    internal static readonly ProblemType CredentialAmbiguous =
        new("credential-ambiguous", StatusCodes.Status400BadRequest, "The request has more than one credential.");

    internal static readonly ProblemType CredentialInQuery =
        new("credential-in-query", StatusCodes.Status400BadRequest, "The URL holds a credential.");

    internal static readonly ProblemType CursorForeign =
        new("cursor-foreign", StatusCodes.Status400BadRequest, "The cursor is not of this deployment.");

    internal static readonly ProblemType Unauthenticated =
        new("unauthenticated", StatusCodes.Status401Unauthorized, "The credential is missing or not valid.");

    internal static readonly ProblemType SignInInsufficient =
        new("sign-in-insufficient", StatusCodes.Status401Unauthorized, "The sign-in does not meet the requirements of the request.");

    internal static readonly ProblemType Forbidden =
        new("forbidden", StatusCodes.Status403Forbidden, "The caller lacks the scope of this operation.");

    internal static readonly ProblemType AudienceRefused =
        new("audience-refused", StatusCodes.Status403Forbidden, "The client may not have passports for this audience.");

    internal static readonly ProblemType CsrfRefused =
        new("csrf-refused", StatusCodes.Status403Forbidden, "The request does not show that it comes from the application itself.");

    internal static readonly ProblemType RouteNotFound =
        new("route-not-found", StatusCodes.Status404NotFound, "No operation has this path.");

    internal static readonly ProblemType SessionNotFound =
        new("session-not-found", StatusCodes.Status404NotFound, "The session does not exist.");

    internal static readonly ProblemType EventsOff =
        new("events-off", StatusCodes.Status404NotFound, "The deployment keeps no event log.");

    internal static readonly ProblemType PassportsOff =
        new("passports-off", StatusCodes.Status404NotFound, "This deployment issues no passports.");

    internal static readonly ProblemType MethodNotAllowed =
        new("method-not-allowed", StatusCodes.Status405MethodNotAllowed, "The path does not support the method.");

    internal static readonly ProblemType RequestTimeout =
        new("request-timeout", StatusCodes.Status408RequestTimeout, "The body did not arrive in time.");

    internal static readonly ProblemType SessionLimit =
        new("session-limit", StatusCodes.Status409Conflict, "The user has reached the session limit of the policy.");

    internal static readonly ProblemType SessionHasUser =
        new("session-has-user", StatusCodes.Status409Conflict, "The session belongs to another user.");

    internal static readonly ProblemType SessionHasKey =
        new("session-has-key", StatusCodes.Status409Conflict, "The session is found by a key and cannot be rotated.");

    internal static readonly ProblemType SessionEnded =
        new("session-ended", StatusCodes.Status409Conflict, "The session of the key was ended; a save does not revive it.");

    internal static readonly ProblemType CursorExpired =
        new("cursor-expired", StatusCodes.Status410Gone, "The event log has no longer what comes after the cursor.");

    internal static readonly ProblemType JobNotFound =
        new("job-not-found", StatusCodes.Status404NotFound, "The job does not exist.");

    internal static readonly ProblemType JobLimit =
        new("job-limit", StatusCodes.Status409Conflict, "Too many jobs are running.");

    internal static readonly ProblemType JobFinished =
        new("job-finished", StatusCodes.Status409Conflict, "The job is finished.");

    internal static readonly ProblemType JobWithoutResult =
        new("job-without-result", StatusCodes.Status409Conflict, "A job that counts has no result but its progress and sample.");

    internal static readonly ProblemType FilterTooLarge =
        new("filter-too-large", StatusCodes.Status413PayloadTooLarge, "The body of the job is larger than 1 MiB.");

    internal static readonly ProblemType VersionMismatch =
        new("version-mismatch", StatusCodes.Status412PreconditionFailed, "A precondition of the request (If-Match, If-None-Match) is false.");

    internal static readonly ProblemType BodyTooLarge =
        new("body-too-large", StatusCodes.Status413PayloadTooLarge, "The body is larger than 64 KiB.");

    internal static readonly ProblemType DataTooLarge =
        new("data-too-large", StatusCodes.Status413PayloadTooLarge, "The session's data would be larger than 32 KiB.");

    internal static readonly ProblemType MediaTypeUnsupported =
        new("media-type-unsupported", StatusCodes.Status415UnsupportedMediaType, "The media type of the body is not supported.");

    internal static readonly ProblemType ContentCodingUnsupported =
        new("content-coding-unsupported", StatusCodes.Status415UnsupportedMediaType, "The body must be sent without a content coding.");

    internal static readonly ProblemType ClaimsTooLarge =
        new("claims-too-large", StatusCodes.Status413PayloadTooLarge, "The session's claims would be larger than 4 KiB.");

    internal static readonly ProblemType IdempotencyKeyReused =
        new("idempotency-key-reused", StatusCodes.Status422UnprocessableEntity, "The Idempotency-Key was used with another request.");

    internal static readonly ProblemType RateLimited =
        new("rate-limited", StatusCodes.Status429TooManyRequests, "Too many requests; wait as long as Retry-After says.");

    internal static readonly ProblemType InternalError =
        new("internal-error", StatusCodes.Status500InternalServerError, "Internal error; it is logged.");

    internal static readonly ProblemType StoreUnavailable =
        new("store-unavailable", StatusCodes.Status503ServiceUnavailable, "The session store did not answer in time; try again.");

    internal static readonly ProblemType IdentityUnavailable =
        new("identity-unavailable", StatusCodes.Status503ServiceUnavailable, "The identity provider's keys cannot be read; try again.");

    /// <summary>Gets all problem types; documentation and OpenAPI are checked against it.</summary>
    public static IReadOnlyList<ProblemType> All { get; } =
    [
        BodyUnreadable, Validation, CredentialAmbiguous, CredentialInQuery, CursorForeign, Unauthenticated, SignInInsufficient, Forbidden, AudienceRefused,
        CsrfRefused, RouteNotFound, SessionNotFound, EventsOff, JobNotFound, PassportsOff, MethodNotAllowed, RequestTimeout, SessionLimit, SessionHasUser, SessionHasKey, SessionEnded, JobLimit,
        JobFinished, JobWithoutResult, FilterTooLarge,
        CursorExpired, VersionMismatch,
        BodyTooLarge, DataTooLarge, ClaimsTooLarge, MediaTypeUnsupported, ContentCodingUnsupported, IdempotencyKeyReused, RateLimited, InternalError,
        StoreUnavailable, IdentityUnavailable,
    ];
}

// Generated from docs/openapi.json by "npm run generate".

export interface paths {
    "/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List user sessions
         * @description Lists a user's sessions, newest first. HEAD and countOnly count the live ones.
         */
        get: operations["ListUserSessions"];
        put?: never;
        /**
         * Create session
         * @description Creates a session. The token is shown here and never again. With cookie, the answer also holds the Set-Cookie value to forward to the browser.
         */
        post: operations["CreateSession"];
        /**
         * Revoke user sessions
         * @description Ends all sessions of a user in one transaction. With dryRun, only lists them.
         */
        delete: operations["RevokeUserSessions"];
        options?: never;
        /**
         * List user sessions
         * @description Lists a user's sessions, newest first. HEAD and countOnly count the live ones.
         */
        head: operations["ListUserSessionsHead"];
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/introspect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Introspect session
         * @description Validates a token and returns its session. Counts as activity unless touch is false. The format is this API's own; that of RFC 7662 is at /v1/introspect.
         */
        post: operations["IntrospectSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/introspections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Introspect sessions
         * @description Validates several tokens. Each is answered as it would be alone, in the order of the request, and counts alone for the rate of the caller.
         */
        post: operations["IntrospectSessions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/introspect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Introspect token
         * @description Validates a token as RFC 7662 has it: a form in, flat members out. Counts as activity only with touch=true.
         */
        post: operations["IntrospectToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get session
         * @description Reads a session. An ended one is answered within its retention. HEAD answers 200 only for a live one.
         */
        get: operations["GetSession"];
        put?: never;
        post?: never;
        /**
         * Revoke session
         * @description Ends a session permanently. Idempotent.
         */
        delete: operations["RevokeSession"];
        options?: never;
        /**
         * Get session
         * @description Reads a session. An ended one is answered within its retention. HEAD answers 200 only for a live one.
         */
        head: operations["GetSessionHead"];
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sid}/data": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get session data
         * @description Reads the server-only data of a live session.
         */
        get: operations["GetSessionData"];
        /**
         * Replace session data
         * @description Replaces the data of a live session. Never creates or revives one.
         */
        put: operations["ReplaceSessionData"];
        post?: never;
        delete?: never;
        options?: never;
        /**
         * Get session data
         * @description Reads the server-only data of a live session.
         */
        head: operations["GetSessionDataHead"];
        /**
         * Merge session data
         * @description Applies a JSON merge patch (RFC 7396) to the data of a live session. Without If-Match, concurrent patches are all kept.
         */
        patch: operations["MergeSessionData"];
        trace?: never;
    };
    "/v1/sessions/{sid}/claims": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Replace session claims
         * @description Replaces the claims of a live session. Never creates or revives one.
         */
        put: operations["ReplaceSessionClaims"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sid}/touch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Touch session
         * @description Reports activity of the user, which renews the idle end.
         */
        post: operations["TouchSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sid}/expiry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set session expiry
         * @description Sets the ends of a session, within the policy. Zero or less ends it now.
         */
        put: operations["SetSessionExpiry"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sid}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rotate session
         * @description Issues a new token and ends the old one. With userId, an anonymous session becomes that user's, under a new sid. With claims or authenticationMethods, they replace the old ones.
         */
        post: operations["RotateSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keyed-sessions/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get keyed session
         * @description Reads the live session of a key. Never extends it.
         */
        get: operations["GetKeyedSession"];
        /**
         * Save keyed session
         * @description Saves the session of a key: creates it, or replaces its data and what else is given. With userId, an anonymous session becomes that user's. Counts as activity. Never revives a session that was ended.
         */
        put: operations["SaveKeyedSession"];
        post?: never;
        /**
         * End keyed session
         * @description Ends the session of a key permanently. Idempotent: a key without a session is answered alike.
         */
        delete: operations["EndKeyedSession"];
        options?: never;
        /**
         * Get keyed session
         * @description Reads the live session of a key. Never extends it.
         */
        head: operations["GetKeyedSessionHead"];
        /**
         * Merge keyed session
         * @description Applies a JSON merge patch (RFC 7396) to the data of the live session of a key. Without If-Match, concurrent patches are all kept.
         */
        patch: operations["MergeKeyedSession"];
        trace?: never;
    };
    "/v1/keyed-sessions/{key}/touch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Touch keyed session
         * @description Reports activity of the user, which renews the idle end of the session of a key.
         */
        post: operations["TouchKeyedSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keyed-sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End keyed sessions
         * @description Ends every session under a key of the caller. Sessions with tokens, and those of other services, stay.
         */
        delete: operations["EndKeyedSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get own session
         * @description Reads the user's own session without renewing it. In cookie mode the answer also holds csrfToken.
         */
        get: operations["GetOwnSession"];
        put?: never;
        post?: never;
        /**
         * End own session
         * @description Signs out. Idempotent: the token of a session that has ended is accepted.
         */
        delete: operations["EndOwnSession"];
        options?: never;
        /**
         * Get own session
         * @description Reads the user's own session without renewing it. In cookie mode the answer also holds csrfToken.
         */
        head: operations["GetOwnSessionHead"];
        patch?: never;
        trace?: never;
    };
    "/v1/session/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Await own changes
         * @description Waits until the user's own session ends, gets another token or other content, or is about to expire. Does not renew it.
         */
        get: operations["AwaitOwnChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * Await own changes
         * @description Waits until the user's own session ends, gets another token or other content, or is about to expire. Does not renew it.
         */
        head: operations["AwaitOwnChangesHead"];
        patch?: never;
        trace?: never;
    };
    "/v1/session/touch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Touch own session
         * @description Renews the idle end of the user's own session, never the absolute end.
         */
        post: operations["TouchOwnSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rotate own session
         * @description Exchanges the token for a new one. The old one is accepted for up to ten more seconds. In cookie mode the answer sets the cookie.
         */
        post: operations["RotateOwnSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/passport": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Issue passport
         * @description Issues a passport of the user's own session: a signed proof that the back ends of an audience check without a call. It is no credential for this API. Counts as activity only with touch.
         */
        post: operations["IssuePassport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List my sessions
         * @description Lists the user's live sessions, newest first. The session of this request is marked current.
         */
        get: operations["ListMySessions"];
        put?: never;
        post?: never;
        /**
         * End my sessions
         * @description Signs the user out on all devices, or on all others.
         */
        delete: operations["EndMySessions"];
        options?: never;
        /**
         * List my sessions
         * @description Lists the user's live sessions, newest first. The session of this request is marked current.
         */
        head: operations["ListMySessionsHead"];
        patch?: never;
        trace?: never;
    };
    "/v1/me/sessions/{sid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End my session
         * @description Signs the user out on one device.
         */
        delete: operations["EndMySession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/passport-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get passport keys
         * @description The public keys of passports as a JWK set (RFC 7517). May be cached for five minutes. Empty where passports are off.
         */
        get: operations["GetPassportKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * Get passport keys
         * @description The public keys of passports as a JWK set (RFC 7517). May be cached for five minutes. Empty where passports are off.
         */
        head: operations["GetPassportKeysHead"];
        patch?: never;
        trace?: never;
    };
    "/v1/endings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get endings
         * @description Tells which sessions have ended lately, for back ends that check passports: hashes of sids, and how complete the answer is. Accept: application/vnd.session-endings asks for the compact form.
         */
        get: operations["GetEndings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * Get endings
         * @description Tells which sessions have ended lately, for back ends that check passports: hashes of sids, and how complete the answer is. Accept: application/vnd.session-endings asks for the compact form.
         */
        head: operations["GetEndingsHead"];
        patch?: never;
        trace?: never;
    };
    "/v1/endings/{sid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get ending
         * @description Tells whether a session has ended, for a back end whose knowledge from the feed is too old. A session that does not exist has ended.
         */
        get: operations["GetEnding"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * Get ending
         * @description Tells whether a session has ended, for a back end whose knowledge from the feed is too old. A session that does not exist has ended.
         */
        head: operations["GetEndingHead"];
        patch?: never;
        trace?: never;
    };
    "/v1/operations/purge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Purge sessions
         * @description Deletes expired rows within a time budget. Joins a run in progress; the next run continues the rest.
         */
        post: operations["PurgeSessions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operations/rebuild-indexes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rebuild indexes
         * @description Repairs the user indexes within a time budget and reports the drift found. Joins a run in progress; the next run continues the rest.
         */
        post: operations["RebuildIndexes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operations/revoke-before": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Revoke before
         * @description Ends every session created before an instant. The instant never moves back: an earlier one changes nothing.
         */
        post: operations["RevokeBefore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operations/replay-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replay events
         * @description Gives the events that were parked back to delivery, with their ids. Events are parked when a target has not acknowledged them in 72 hours.
         */
        post: operations["ReplayEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read events
         * @description Reads the events after a cursor, in the order of each session. The cursor never skips an event and may repeat one, under the same id.
         */
        get: operations["ReadEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * Read events
         * @description Reads the events after a cursor, in the order of each session. The cursor never skips an event and may repeat one, under the same id.
         */
        head: operations["ReadEventsHead"];
        patch?: never;
        trace?: never;
    };
    "/v1/operations/verify-audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Verify audit
         * @description Verifies the hash chains of the audit within a time budget: tells of records that were changed, removed or added. Joins a run in progress; the next run continues the rest.
         */
        post: operations["VerifyAudit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operations/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get maintenance status
         * @description Status of purge and rebuild: last and next run, age of the backlog, drift found. The same on every instance.
         */
        get: operations["GetMaintenanceStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * Get maintenance status
         * @description Status of purge and rebuild: last and next run, age of the backlog, drift found. The same on every instance.
         */
        head: operations["GetMaintenanceStatusHead"];
        patch?: never;
        trace?: never;
    };
    "/v1/operations/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get overview
         * @description State of the deployment: live sessions, sessions created and ended by the hour, maintenance, cache, keys, events. At most ten seconds old.
         */
        get: operations["GetOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * Get overview
         * @description State of the deployment: live sessions, sessions created and ended by the hour, maintenance, cache, keys, events. At most ten seconds old.
         */
        head: operations["GetOverviewHead"];
        patch?: never;
        trace?: never;
    };
    "/v1/operations/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find sessions
         * @description Finds sessions, live and ended, by exactly one of userId, sid and tokenDigest. A search by tokenDigest reads the table in parts: repeat it with the continuation.
         */
        get: operations["FindSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * Find sessions
         * @description Finds sessions, live and ended, by exactly one of userId, sid and tokenDigest. A search by tokenDigest reads the table in parts: repeat it with the continuation.
         */
        head: operations["FindSessionsHead"];
        patch?: never;
        trace?: never;
    };
    "/v1/operations/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get operator
         * @description Who the caller is and what it may do, so that a console shows nothing else.
         */
        get: operations["GetOperator"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * Get operator
         * @description Who the caller is and what it may do, so that a console shows nothing else.
         */
        head: operations["GetOperatorHead"];
        patch?: never;
        trace?: never;
    };
    "/v1/operations/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List jobs
         * @description Lists jobs over sessions, newest first, at most 100. A job is kept for seven days.
         */
        get: operations["ListJobs"];
        put?: never;
        /**
         * Create job
         * @description Starts a job over all live sessions that fit a filter: ends them, lists them or counts them. It goes on in the background, on several servers.
         */
        post: operations["CreateJob"];
        delete?: never;
        options?: never;
        /**
         * List jobs
         * @description Lists jobs over sessions, newest first, at most 100. A job is kept for seven days.
         */
        head: operations["ListJobsHead"];
        patch?: never;
        trace?: never;
    };
    "/v1/operations/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get job
         * @description Progress of a job, with a sample of the sessions that fit.
         */
        get: operations["GetJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * Get job
         * @description Progress of a job, with a sample of the sessions that fit.
         */
        head: operations["GetJobHead"];
        patch?: never;
        trace?: never;
    };
    "/v1/operations/jobs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel job
         * @description Stops a job. What it has done stays done. Idempotent.
         */
        post: operations["CancelJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operations/jobs/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume job
         * @description Continues a cancelled job where it was. Idempotent.
         */
        post: operations["ResumeJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operations/jobs/{id}/result": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get job result
         * @description A page of the result, one session a line: those that fit, of a revocation those that were ended. Complete once the job is finished.
         */
        get: operations["GetJobResult"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * Get job result
         * @description A page of the result, one session a line: those that fit, of a revocation those that were ended. Complete once the job is finished.
         */
        head: operations["GetJobResultHead"];
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sid}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get session timeline
         * @description Reads the events of a session, newest first, also after its end. With the audit off, only those that are not delivered yet.
         */
        get: operations["GetSessionTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * Get session timeline
         * @description Reads the events of a session, newest first, also after its end. With the audit off, only those that are not delivered yet.
         */
        head: operations["GetSessionTimelineHead"];
        patch?: never;
        trace?: never;
    };
    "/v1/users/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get user timeline
         * @description Reads the events of a user's sessions, newest first. With the audit off, only those that are not delivered yet.
         */
        get: operations["GetUserTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * Get user timeline
         * @description Reads the events of a user's sessions, newest first. With the audit off, only those that are not delivered yet.
         */
        head: operations["GetUserTimelineHead"];
        patch?: never;
        trace?: never;
    };
    "/v1/operations/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get operator timeline
         * @description Reads what operators did, newest first: each operation, who called it, and with which parameters. Empty while the audit is off.
         */
        get: operations["GetOperatorTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * Get operator timeline
         * @description Reads what operators did, newest first: each operation, who called it, and with which parameters. Empty while the audit is off.
         */
        head: operations["GetOperatorTimelineHead"];
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get liveness
         * @description Liveness: the process answers. Checks no dependency.
         */
        get: operations["GetLiveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * Get liveness
         * @description Liveness: the process answers. Checks no dependency.
         */
        head: operations["GetLivenessHead"];
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get readiness
         * @description Readiness: the key ring is loaded and the store answers.
         */
        get: operations["GetReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * Get readiness
         * @description Readiness: the key ring is loaded and the store answers.
         */
        head: operations["GetReadinessHead"];
        patch?: never;
        trace?: never;
    };
    "/openapi/v1.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get contract
         * @description The contract as OpenAPI 3.1.
         */
        get: operations["GetOpenApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * Get contract
         * @description The contract as OpenAPI 3.1.
         */
        head: operations["GetOpenApiHead"];
        patch?: never;
        trace?: never;
    };
    "/asyncapi/v1.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get async api
         * @description The events as AsyncAPI 3.
         */
        get: operations["GetAsyncApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * Get async api
         * @description The events as AsyncAPI 3.
         */
        head: operations["GetAsyncApiHead"];
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @description Printable characters, at least one of them visible.
         * @example alice
         */
        UserId: string;
        /**
         * @description The public id of a session. It identifies a session but never authenticates.
         * @example ses_EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXA
         */
        Sid: string;
        /**
         * @description The SHA-256 value of the caller's own id, in base64url without padding. Keys of two services never meet.
         * @example 47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU
         */
        SessionKey: string;
        /**
         * @description A bearer secret.
         * @example sst_EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-000000
         */
        Token: string;
        /**
         * @example aal1
         * @enum {string}
         */
        AssuranceLevel: "aal1" | "aal2" | "aal3";
        /**
         * @description Content that the client may see: at most 4096 bytes of minified JSON, nested at most 16 levels.
         * @example {
         *       "name": "Alice",
         *       "roles": [
         *         "editor"
         *       ]
         *     }
         */
        Claims: Record<string, unknown>;
        /**
         * @description Content that only services see: at most 32768 bytes of minified JSON, nested at most 16 levels.
         * @example {
         *       "cart": [
         *         "sku-17"
         *       ]
         *     }
         */
        Data: Record<string, unknown>;
        NewDevice: {
            /** @example Firefox on Linux */
            label?: string | null;
            /**
             * @description Cut to 512 characters.
             * @example Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0
             */
            userAgent?: string | null;
            /**
             * @description IPv4 or IPv6.
             * @example 203.0.113.7
             */
            ipAddress?: string | null;
            /**
             * @description The browser's header Sec-CH-UA as it came. It names the device better than userAgent, and is not kept.
             * @example "Chromium";v="142", "Google Chrome";v="142", "Not_A Brand";v="99"
             */
            secChUa?: string | null;
            /**
             * @description The header Sec-CH-UA-Platform.
             * @example "Windows"
             */
            secChUaPlatform?: string | null;
            /**
             * @description The header Sec-CH-UA-Mobile.
             * @example ?0
             */
            secChUaMobile?: string | null;
        } | null;
        /**
         * @description How the user was authenticated (RFC 8176, the amr of OpenID Connect). Other names of that form are as good as the registered ones.
         * @example [
         *       "pwd",
         *       "otp"
         *     ]
         */
        AuthenticationMethods: string[];
        /**
         * @description Who acts as the user (impersonation). Told at creation, never changed, and always shown to the user.
         * @example {
         *       "sub": "support-7",
         *       "reason": "Ticket 4711: order is not shown"
         *     }
         */
        Actor: {
            /** @description The id of the person who acts as the user. */
            sub: components["schemas"]["UserId"];
            /**
             * @description Why, for the user to read.
             * @example Ticket 4711: order is not shown
             */
            reason: string;
        };
        /**
         * @example {
         *       "userId": "alice",
         *       "claims": {
         *         "name": "Alice",
         *         "roles": [
         *           "editor"
         *         ]
         *       },
         *       "data": {
         *         "cart": [
         *           "sku-17"
         *         ]
         *       },
         *       "device": {
         *         "label": "Firefox on Linux",
         *         "ipAddress": "203.0.113.7"
         *       },
         *       "idleTimeoutSeconds": 1800,
         *       "assuranceLevel": "aal1"
         *     }
         */
        NewSession: {
            /** @description Omit for an anonymous session. */
            userId?: components["schemas"]["UserId"] | null;
            claims?: components["schemas"]["Claims"] | null;
            data?: components["schemas"]["Data"] | null;
            device?: components["schemas"]["NewDevice"];
            /** @description Shorter than the policy's only. */
            idleTimeoutSeconds?: number | null;
            /** @description Shorter than the policy's only. */
            absoluteLifetimeSeconds?: number | null;
            assuranceLevel?: components["schemas"]["AssuranceLevel"] | null;
            /**
             * @description Whether the answer holds setCookie.
             * @default false
             */
            cookie: boolean;
            authenticationMethods?: components["schemas"]["AuthenticationMethods"] | null;
            actor?: components["schemas"]["Actor"] | null;
            /**
             * @description Whether the user is remembered: the limits are those of persistent sessions. Not at aal3.
             * @default false
             */
            persistent: boolean;
        };
        /**
         * @example {
         *       "data": {
         *         "cart": [
         *           "sku-17"
         *         ]
         *       },
         *       "userId": "alice",
         *       "claims": {
         *         "name": "Alice"
         *       },
         *       "device": {
         *         "label": "Firefox on Linux",
         *         "ipAddress": "203.0.113.7"
         *       },
         *       "idleTimeoutSeconds": 1800
         *     }
         */
        KeyedSession: {
            data: components["schemas"]["Data"];
            /** @description Makes an anonymous session that user's. Left out, the session stays whose it is. */
            userId?: components["schemas"]["UserId"] | null;
            claims?: components["schemas"]["Claims"] | null;
            device?: components["schemas"]["NewDevice"];
            /** @description Shorter than the policy's only. */
            idleTimeoutSeconds?: number | null;
            /** @description From this save on, within the policy's lifetime since the authentication. */
            absoluteLifetimeSeconds?: number | null;
        };
        /**
         * @example {
         *       "token": "sst_EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-000000",
         *       "touch": true,
         *       "ipAddress": "203.0.113.7"
         *     }
         */
        Introspection: {
            /**
             * @description The token as the client presented it. Malformed text is answered as inactive.
             * @example sst_EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-000000
             */
            token: string;
            /** @default true */
            touch: boolean;
            /**
             * @description Where the user is.
             * @example 203.0.113.7
             */
            ipAddress?: string | null;
            /** @description What the sign-in must meet; insufficient tells what it lacks. */
            requires?: components["schemas"]["Requirement"] | null;
            /** @description Asks for a passport of the session. */
            passport?: components["schemas"]["PassportAudience"] | null;
            /** @description The version of the session that the caller has from an earlier answer. While the session still has this version, only its id and the seconds left are told. */
            knownVersion?: number | null;
        };
        /**
         * @example {
         *       "introspections": [
         *         {
         *           "token": "sst_EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-000000"
         *         },
         *         {
         *           "token": "sst_unknown",
         *           "touch": false
         *         }
         *       ]
         *     }
         */
        Introspections: {
            introspections: components["schemas"]["Introspection"][];
        };
        /**
         * @description A configured audience that the client may have.
         * @example orders
         */
        Audience: string;
        /**
         * @example {
         *       "audience": "orders"
         *     }
         */
        PassportAudience: {
            audience: components["schemas"]["Audience"];
        };
        /**
         * @example {
         *       "audience": "orders"
         *     }
         */
        PassportRequest: {
            audience: components["schemas"]["Audience"];
            /**
             * @description Whether the request counts as the user's activity.
             * @default false
             */
            touch: boolean;
        };
        Passport: {
            /** @description A JWT, signed with ES256, of the type session-passport+jwt. A bearer secret while it lasts. */
            token: string;
            audience: components["schemas"]["Audience"];
            /** Format: date-time */
            expiresAt: string;
            expiresInSeconds: number;
        };
        Endings: {
            /** @description Where the next request begins. */
            cursor: string;
            /** @description Whether there is more now: ask again at once. Such an answer tells nothing about how complete it is. */
            more: boolean;
            /**
             * Format: date-time
             * @description Every end that was answered before is in this answer or an earlier one. By the clock of the server; absent with more.
             */
            completeAsOf?: string;
            /** @description From the arrival of the request to the reading. */
            heldMilliseconds: number;
            /** @description From completeAsOf to the reading. */
            ageMilliseconds: number;
            /** @description The longest life of a passport. */
            lifetimeSeconds: number;
            /** @description How long after its end an ending must be kept. */
            keepSeconds: number;
            /**
             * Format: date-time
             * @description The log has every ending since. Nothing is known of passports issued before.
             */
            heldSince: string;
            /**
             * Format: date-time
             * @description Sessions created before this instant have ended. Absent where nothing was read of one.
             */
            revokedBefore?: string;
            endings: {
                /** @description The first 16 bytes of the SHA-256 of the sid. */
                hash: string;
                /** Format: date-time */
                endedAt: string;
            }[];
        };
        Ending: {
            sid: components["schemas"]["Sid"];
            ended: boolean;
            /** @description The version of a live session. */
            version?: number;
        };
        PassportKeys: {
            keys: {
                /** @constant */
                kty: "EC";
                /** @constant */
                use: "sig";
                /** @constant */
                alg: "ES256";
                /** @constant */
                crv: "P-256";
                /** @description The thumbprint of the key (RFC 7638). */
                kid: string;
                x: string;
                y: string;
            }[];
        };
        /**
         * @description What a call requires of the user's sign-in.
         * @example {
         *       "maxAuthenticationAgeSeconds": 300,
         *       "minAssuranceLevel": "aal2"
         *     }
         */
        Requirement: {
            /** @description The user was authenticated at most so long ago. */
            maxAuthenticationAgeSeconds?: number | null;
            minAssuranceLevel?: components["schemas"]["AssuranceLevel"] | null;
            /** @description All of them were used. */
            methods?: components["schemas"]["AuthenticationMethods"] | null;
        };
        /**
         * @description A form of RFC 7662 section 2.1. Unknown parameters are ignored; none may be repeated.
         * @example {
         *       "token": "sst_EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-000000"
         *     }
         */
        TokenIntrospection: {
            /**
             * @description As the client presented it; with the hint session_key, a key of the calling client.
             * @example sst_EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-000000
             */
            token: string;
            /**
             * @description With session_key and the scope sessions.keyed, the token is a key of the calling client. An unknown hint is ignored.
             * @example access_token
             * @example session_key
             */
            token_type_hint?: string;
            /**
             * @description Whether the call counts as activity of the user.
             * @default false
             * @enum {string}
             */
            touch: "true" | "false";
            /** @description With client_secret: the id of the service key, or the client it belongs to. */
            client_id?: string;
            /** @description The service key, for clients that send no Authorization header. */
            client_secret?: string;
        };
        /**
         * @example {
         *       "ipAddress": "203.0.113.7"
         *     }
         */
        Activity: {
            /**
             * @description Where the user is.
             * @example 203.0.113.7
             */
            ipAddress?: string | null;
        };
        /**
         * @example {
         *       "expiresInSeconds": 3600
         *     }
         */
        Expiry: {
            /** @description Seconds from now; zero or less ends the session. */
            expiresInSeconds?: number | null;
            /** @description Zero or less ends the session. */
            idleTimeoutSeconds?: number | null;
        };
        /**
         * @example {
         *       "assuranceLevel": "aal2"
         *     }
         */
        Rotation: {
            userId?: components["schemas"]["UserId"] | null;
            assuranceLevel?: components["schemas"]["AssuranceLevel"] | null;
            /** @description Replace the claims of the session; null keeps them. */
            claims?: components["schemas"]["Claims"] | null;
            /** @description Replace the methods of the session; null keeps them, an empty list removes them. */
            authenticationMethods?: components["schemas"]["AuthenticationMethods"] | null;
            /** @description Whether the user is remembered from this sign-in on. Only with assuranceLevel or userId. */
            persistent?: boolean;
        };
        Device: {
            /** @description The label; without one, a name from the client hints and the user agent at creation, such as Safari on iPhone. Null when nothing was told. */
            name: string | null;
            label: string | null;
            userAgent: string | null;
            ipAddress: string | null;
            lastIpAddress: string | null;
        };
        SessionBase: {
            sid: components["schemas"]["Sid"];
            /** @description Null for an anonymous session. */
            userId: string | null;
            /** @enum {string} */
            state: "live" | "ended";
            /** @description The reason of the end; only for an ended session. */
            endReason?: string;
            /**
             * Format: date-time
             * @description The time of the end; only for an ended session.
             */
            endedAt?: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            lastSeenAt: string;
            /** Format: date-time */
            idleExpiresAt: string;
            /** Format: date-time */
            absoluteExpiresAt: string;
            idleExpiresInSeconds: number;
            expiresInSeconds: number;
            idleTimeoutSeconds: number;
            assuranceLevel: components["schemas"]["AssuranceLevel"];
            /** Format: date-time */
            authenticatedAt: string;
            /** @description True of a persistent session; absent of any other. */
            persistent?: boolean;
            device?: components["schemas"]["Device"];
            authenticationMethods?: components["schemas"]["AuthenticationMethods"];
            actor?: components["schemas"]["Actor"];
            /** @description Counts the changes of the session. */
            version: number;
        };
        /**
         * @description A session as services see it; an ended one has neither device nor claims nor data.
         * @example {
         *       "sid": "ses_EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXA",
         *       "userId": "alice",
         *       "state": "live",
         *       "createdAt": "2026-01-31T08:00:00Z",
         *       "lastSeenAt": "2026-01-31T08:15:00Z",
         *       "idleExpiresAt": "2026-01-31T08:45:00Z",
         *       "absoluteExpiresAt": "2026-01-31T20:00:00Z",
         *       "idleExpiresInSeconds": 1740,
         *       "expiresInSeconds": 42240,
         *       "idleTimeoutSeconds": 1800,
         *       "assuranceLevel": "aal1",
         *       "authenticatedAt": "2026-01-31T08:00:00Z",
         *       "device": {
         *         "name": "Firefox on Linux",
         *         "label": "Firefox on Linux",
         *         "userAgent": null,
         *         "ipAddress": "203.0.113.7",
         *         "lastIpAddress": "203.0.113.7"
         *       },
         *       "version": 1,
         *       "claims": {
         *         "name": "Alice",
         *         "roles": [
         *           "editor"
         *         ]
         *       },
         *       "data": {
         *         "cart": [
         *           "sku-17"
         *         ]
         *       }
         *     }
         */
        Session: {
            claims?: components["schemas"]["Claims"];
            data?: components["schemas"]["Data"];
        } & components["schemas"]["SessionBase"];
        /**
         * @description A session as its user sees it.
         * @example {
         *       "sid": "ses_EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXA",
         *       "userId": "alice",
         *       "state": "live",
         *       "createdAt": "2026-01-31T08:00:00Z",
         *       "lastSeenAt": "2026-01-31T08:15:00Z",
         *       "idleExpiresAt": "2026-01-31T08:45:00Z",
         *       "absoluteExpiresAt": "2026-01-31T20:00:00Z",
         *       "idleExpiresInSeconds": 1740,
         *       "expiresInSeconds": 42240,
         *       "idleTimeoutSeconds": 1800,
         *       "assuranceLevel": "aal1",
         *       "authenticatedAt": "2026-01-31T08:00:00Z",
         *       "device": {
         *         "name": "Firefox on Linux",
         *         "label": "Firefox on Linux",
         *         "userAgent": null,
         *         "ipAddress": "203.0.113.7",
         *         "lastIpAddress": "203.0.113.7"
         *       },
         *       "version": 1,
         *       "claims": {
         *         "name": "Alice",
         *         "roles": [
         *           "editor"
         *         ]
         *       }
         *     }
         */
        OwnSession: {
            claims?: components["schemas"]["Claims"];
            /** @description In cookie mode: the value for X-Session-CSRF. */
            csrfToken?: string;
        } & components["schemas"]["SessionBase"];
        /**
         * @example {
         *       "sid": "ses_EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXA",
         *       "userId": "alice",
         *       "state": "live",
         *       "createdAt": "2026-01-31T08:00:00Z",
         *       "lastSeenAt": "2026-01-31T08:15:00Z",
         *       "idleExpiresAt": "2026-01-31T08:45:00Z",
         *       "absoluteExpiresAt": "2026-01-31T20:00:00Z",
         *       "idleExpiresInSeconds": 1740,
         *       "expiresInSeconds": 42240,
         *       "idleTimeoutSeconds": 1800,
         *       "assuranceLevel": "aal1",
         *       "authenticatedAt": "2026-01-31T08:00:00Z",
         *       "device": {
         *         "name": "Firefox on Linux",
         *         "label": "Firefox on Linux",
         *         "userAgent": null,
         *         "ipAddress": "203.0.113.7",
         *         "lastIpAddress": "203.0.113.7"
         *       },
         *       "version": 1
         *     }
         */
        SessionListItem: components["schemas"]["SessionBase"];
        /**
         * @example {
         *       "sid": "ses_EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXA",
         *       "userId": "alice",
         *       "state": "live",
         *       "createdAt": "2026-01-31T08:00:00Z",
         *       "lastSeenAt": "2026-01-31T08:15:00Z",
         *       "idleExpiresAt": "2026-01-31T08:45:00Z",
         *       "absoluteExpiresAt": "2026-01-31T20:00:00Z",
         *       "idleExpiresInSeconds": 1740,
         *       "expiresInSeconds": 42240,
         *       "idleTimeoutSeconds": 1800,
         *       "assuranceLevel": "aal1",
         *       "authenticatedAt": "2026-01-31T08:00:00Z",
         *       "device": {
         *         "name": "Firefox on Linux",
         *         "label": "Firefox on Linux",
         *         "userAgent": null,
         *         "ipAddress": "203.0.113.7",
         *         "lastIpAddress": "203.0.113.7"
         *       },
         *       "version": 1,
         *       "current": true
         *     }
         */
        OwnSessionListItem: {
            /** @description Whether this is the session of the request. */
            current: boolean;
        } & components["schemas"]["SessionBase"];
        /**
         * @example {
         *       "sid": "ses_EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXA",
         *       "token": "sst_EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-000000",
         *       "session": {
         *         "sid": "ses_EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXA",
         *         "userId": "alice",
         *         "state": "live",
         *         "createdAt": "2026-01-31T08:00:00Z",
         *         "lastSeenAt": "2026-01-31T08:15:00Z",
         *         "idleExpiresAt": "2026-01-31T08:45:00Z",
         *         "absoluteExpiresAt": "2026-01-31T20:00:00Z",
         *         "idleExpiresInSeconds": 1740,
         *         "expiresInSeconds": 42240,
         *         "idleTimeoutSeconds": 1800,
         *         "assuranceLevel": "aal1",
         *         "authenticatedAt": "2026-01-31T08:00:00Z",
         *         "device": {
         *           "name": "Firefox on Linux",
         *           "label": "Firefox on Linux",
         *           "userAgent": null,
         *           "ipAddress": "203.0.113.7",
         *           "lastIpAddress": "203.0.113.7"
         *         },
         *         "version": 1,
         *         "claims": {
         *           "name": "Alice",
         *           "roles": [
         *             "editor"
         *           ]
         *         },
         *         "data": {
         *           "cart": [
         *             "sku-17"
         *           ]
         *         }
         *       }
         *     }
         */
        IssuedSession: {
            sid: components["schemas"]["Sid"];
            token: components["schemas"]["Token"];
            session: components["schemas"]["Session"];
            /** @description For a creation with cookie: the value of the Set-Cookie header for the browser. It contains the token. */
            setCookie?: string;
            /**
             * Format: date-time
             * @description The instant by which the old token is refused everywhere; absent when it is already.
             */
            effectiveBy?: string;
        };
        /**
         * @example {
         *       "sid": "ses_EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXA",
         *       "token": "sst_EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-000000",
         *       "session": {
         *         "sid": "ses_EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXA",
         *         "userId": "alice",
         *         "state": "live",
         *         "createdAt": "2026-01-31T08:00:00Z",
         *         "lastSeenAt": "2026-01-31T08:15:00Z",
         *         "idleExpiresAt": "2026-01-31T08:45:00Z",
         *         "absoluteExpiresAt": "2026-01-31T20:00:00Z",
         *         "idleExpiresInSeconds": 1740,
         *         "expiresInSeconds": 42240,
         *         "idleTimeoutSeconds": 1800,
         *         "assuranceLevel": "aal1",
         *         "authenticatedAt": "2026-01-31T08:00:00Z",
         *         "device": {
         *           "name": "Firefox on Linux",
         *           "label": "Firefox on Linux",
         *           "userAgent": null,
         *           "ipAddress": "203.0.113.7",
         *           "lastIpAddress": "203.0.113.7"
         *         },
         *         "version": 1,
         *         "claims": {
         *           "name": "Alice",
         *           "roles": [
         *             "editor"
         *           ]
         *         }
         *       }
         *     }
         */
        IssuedOwnSession: {
            sid: components["schemas"]["Sid"];
            token?: components["schemas"]["Token"];
            session: components["schemas"]["OwnSession"];
            /**
             * Format: date-time
             * @description The instant by which the old token is refused everywhere; absent when its grace applies.
             */
            effectiveBy?: string;
        };
        TokenIntrospectionResponse: {
            /** @constant */
            active: true;
            /** @description The user; left out for an anonymous session. */
            sub?: string;
            sid: components["schemas"]["Sid"];
            /** @description When the session was created, in seconds since 1970. */
            iat: number;
            /** @description When it ends without further activity, in seconds since 1970. */
            exp: number;
            /** @description When the user was authenticated last, in seconds since 1970. */
            auth_time: number;
            acr: components["schemas"]["AssuranceLevel"];
            amr?: components["schemas"]["AuthenticationMethods"];
            /**
             * @description Left out for a key.
             * @constant
             */
            token_type?: "Bearer";
            /** @description The client that created the session. */
            client_id?: string;
        } | {
            /** @constant */
            active: false;
        };
        UnchangedSession: {
            /** @description For the caller to compare with the session that it has. */
            sid: string;
            idleExpiresInSeconds: number;
            expiresInSeconds: number;
        };
        IntrospectionResult: {
            /** @constant */
            active: true;
            /** @description What of requires is not met; absent when all is. */
            insufficient?: components["schemas"]["Requirement"];
            session: components["schemas"]["Session"];
            /** @description Only where it was asked for and requires is met. */
            passport?: components["schemas"]["Passport"];
        } | {
            /** @constant */
            active: true;
            /** @description What of requires is not met; absent when all is. */
            insufficient?: components["schemas"]["Requirement"];
            /** @description In place of the session, which still has knownVersion. */
            unchanged: components["schemas"]["UnchangedSession"];
            /** @description Only where it was asked for and requires is met. */
            passport?: components["schemas"]["Passport"];
        } | {
            /** @constant */
            active: false;
        };
        IntrospectionResults: {
            /** @description As many as there are introspections, in their order. */
            answers: (components["schemas"]["IntrospectionResult"] | components["schemas"]["IntrospectionProblem"])[];
        };
        IntrospectionProblem: {
            /** @description What the introspection would be answered alone: store-unavailable, rate-limited, audience-refused or internal-error. */
            problem: components["schemas"]["Problem"];
            /** @description When a repetition may succeed; absent when none may. */
            retryAfterSeconds?: number;
        };
        SessionListOrCount: {
            sessions: components["schemas"]["SessionListItem"][];
            /** @description Where the next page begins; absent at the end. */
            continuation?: string;
        } | {
            count: number;
        };
        OwnSessionList: {
            sessions: components["schemas"]["OwnSessionListItem"][];
            /** @description Where the next page begins; absent at the end. */
            continuation?: string;
        };
        EndedCount: {
            ended: number;
            /** Format: date-time */
            effectiveBy?: string;
            /** @description With dryRun: the sessions that would end. */
            sessions?: components["schemas"]["SessionListItem"][];
        };
        Effect: {
            /**
             * Format: date-time
             * @description The instant by which no server accepts the session.
             */
            effectiveBy: string;
        };
        /**
         * @example {
         *       "instant": "2026-01-31T00:00:00Z"
         *     }
         */
        RevokeBefore: {
            /**
             * Format: date-time
             * @description Sessions created before this instant end. At most one minute in the future.
             */
            instant: string;
        };
        /** @description Counts by kind. Kinds with the count 0 may be omitted. */
        MaintenanceCounts: {
            [key: string]: number;
        };
        MaintenanceRun: {
            /** @description null for a single user. */
            runId: number | null;
            /** @description Whether every range is done. If false, another server is working on the run or the next run continues. */
            finished: boolean;
            /** @description Number of ranges of users that this server worked on; other servers may have worked on others. */
            rangesWorked: number;
            /** @description Number of errors in the indexes that were repaired. */
            drift: number;
            counts: components["schemas"]["MaintenanceCounts"];
        };
        EventPage: {
            /** @description What after takes next. Opaque; bound to the deployment. */
            cursor: string;
            /** @description Whether there are more events now. */
            more: boolean;
            /**
             * Format: date-time
             * @description Every change that was acknowledged before this time is in this answer or an earlier one. Absent while more is true.
             */
            completeAsOf?: string;
            events: components["schemas"]["LoggedEvent"][];
        };
        /** @description An event in the JSON format of CloudEvents 1.0, as webhooks get it. */
        LoggedEvent: {
            /** @constant */
            specversion: "1.0";
            /** @description Unique; a repetition has the same. */
            id: string;
            /** @example session.ended */
            type: string;
            /** @description Events:Source of the deployment. */
            source: string;
            /** @description The sid; absent in an event of a user or of the deployment. */
            subject?: string;
            /** Format: date-time */
            time: string;
            /** @constant */
            datacontenttype: "application/json";
            /** @description The details, by type. */
            data: Record<string, unknown>;
        };
        EventReplay: {
            /** @description Number of events that are tried again. */
            replayed: number;
        };
        AuditVerification: {
            /** @description Whether every range is done. If false, another server is working on the run or the next run continues. */
            finished: boolean;
            /** @description Chains verified so far. */
            chains: number;
            /** @description Records in these chains. */
            records: number;
            /** @description Those of them that tell of an action of an operator; the others are events. 0 for a single user. */
            actions: number;
            /** @description Records that do not verify: changed, copied, or written without a key. */
            altered: number;
            /** @description Records that are gone. */
            missing: number;
            /** @description Records that verify, but that the chain does not lead to. */
            apart: number;
            /** @description Chains whose head is gone or does not verify. */
            heads: number;
            /** @description Only for a single user. */
            findings?: {
                /** @enum {string} */
                fault: "altered" | "missing" | "apart" | "head";
                /** @description The number of the record in its chain, of the newest of several; 0 for the head. */
                number: number;
                count: number;
            }[];
        };
        Timeline: {
            /** @description Newest first. An event that is recorded between two pages may come on both, with the same id. */
            entries: {
                /** @description The id of the event, as receivers get it. */
                id: string;
                /** @description A type of event, or operator. and the operation. */
                type: string;
                /** Format: date-time */
                time: string;
                /** @description The number in the chain; absent while the event is not delivered. */
                number?: number;
                /** @description The details of the type; actor tells who made the change. */
                data: Record<string, unknown>;
            }[];
            /** @description Absent after the last page. */
            continuation?: string;
        };
        MaintenanceJob: {
            /** @description Whether the latest run is unfinished. */
            running: boolean;
            /**
             * Format: date-time
             * @description The start of the next run by the configured interval.
             */
            nextRunAt: string | null;
            /**
             * Format: date-time
             * @description The start of the last finished run.
             */
            lastStartedAt: string | null;
            /** Format: date-time */
            lastFinishedAt: string | null;
            /** @description Number of errors in the indexes that the last finished run repaired. */
            drift: number;
            counts: components["schemas"]["MaintenanceCounts"];
            latest: {
                runId: number | null;
                /** Format: date-time */
                startedAt: string | null;
                finished: boolean;
                ranges: number;
                rangesDone: number;
                drift: number;
                counts: components["schemas"]["MaintenanceCounts"];
            };
        };
        MaintenanceStatus: {
            purge: components["schemas"]["MaintenanceJob"];
            rebuild: components["schemas"]["MaintenanceJob"];
            /** @description How long the oldest due entry has been waiting for the purge. */
            backlogAgeSeconds: number;
            sessions: components["schemas"]["LiveSessions"];
        };
        FoundSessions: {
            sessions: components["schemas"]["SessionListItem"][];
            /** @description Where the next page, or the next part of a search by tokenDigest, begins; absent at the end. */
            continuation?: string;
        };
        Operator: {
            /** @description Stable and unique across all kinds of credential. */
            id: string;
            /** @description For people. It identifies nobody. */
            name: string;
            /** @enum {string} */
            kind: "key" | "application" | "user";
            /** @description The scopes granted, with those that they include. */
            scopes: string[];
            features: {
                /** @description Whether events are on. */
                events: boolean;
                /** @description Whether the audit is on. */
                audit: boolean;
            } & {
                [key: string]: boolean;
            };
            /** @description The version of the product. */
            version: string;
        };
        Overview: {
            /**
             * Format: date-time
             * @description When it was read; at most ten seconds ago.
             */
            at: string;
            /** @description The version of the product. */
            version: string;
            sessions: components["schemas"]["LiveSessions"];
            /** @description The last 24 hours, oldest first; the last one is in progress. Up to a minute late. */
            hours: {
                /** Format: date-time */
                hour: string;
                created: number;
                /** @description A session that lapsed counts when the purge has deleted it. */
                ended: number;
            }[];
            /** @description How long the oldest due entry has been waiting for the purge. */
            backlogAgeSeconds: number;
            purge: components["schemas"]["MaintenanceJob"];
            rebuild: components["schemas"]["MaintenanceJob"];
            cache: {
                configured: boolean;
                /**
                 * @description As the instance sees it that read the overview.
                 * @enum {string}
                 */
                state: "off" | "ok" | "failing";
            };
            /** @description The keys of the ring, the active one first. */
            keys: {
                id: number;
                /** @enum {string} */
                state: "active" | "read";
                /**
                 * Format: date-time
                 * @description When the first instance announced it; null when that was not recorded.
                 */
                since: string | null;
            }[];
            /**
             * Format: date-time
             * @description Sessions created before this instant count as ended.
             */
            revokeBefore: string | null;
            events: {
                enabled: boolean;
                /** @description Events that a target has not acknowledged in time; counted up to 1,000. */
                parked: number;
                /** @description Whether there may be more. */
                parkedIsMinimum: boolean;
                targets: {
                    name: string;
                    types: string[];
                    /**
                     * @description As the instance sees it that read the overview.
                     * @enum {string}
                     */
                    state: "ok" | "failing";
                }[];
            };
            jobs: {
                /** @description Jobs over sessions that are running. */
                running: number;
            };
        };
        LiveSessions: {
            /** @description Sessions that are live: counted by the last rebuild, and kept by the increments of all instances since. Null until a rebuild is through. */
            live: number | null;
            /**
             * Format: date-time
             * @description When a rebuild counted them last.
             */
            countedAt: string | null;
        };
        /** @example job_0123456789abcdef0123456789abcdef */
        JobId: string;
        JobFilterRanges: {
            /**
             * Format: date-time
             * @description Created at this instant or later.
             */
            createdFrom?: string;
            /**
             * Format: date-time
             * @description Created before this instant.
             */
            createdBefore?: string;
            /**
             * Format: date-time
             * @description Last seen at this instant or later.
             */
            lastSeenFrom?: string;
            /**
             * Format: date-time
             * @description Last seen before this instant.
             */
            lastSeenBefore?: string;
            /** @description Addresses or CIDR blocks; the address at sign-in or the last one is in one of them. */
            addresses?: string[];
            /** @description A part of the user agent, without regard to case. */
            userAgentContains?: string;
            /**
             * @description The level is lower.
             * @enum {string}
             */
            assuranceBelow?: "aal2" | "aal3";
            /** @description The authentication methods do not name this one. */
            methodMissing?: string;
            /** @description The name of the client that created the session. */
            client?: string;
        };
        /**
         * @example {
         *       "kind": "revoke",
         *       "dryRun": true,
         *       "reason": "incident-4711",
         *       "filter": {
         *         "addresses": [
         *           "203.0.113.0/24"
         *         ],
         *         "createdFrom": "2026-01-31T00:00:00Z"
         *       }
         *     }
         */
        NewJob: {
            /**
             * @description Ends the sessions, lists them, or counts them.
             * @enum {string}
             */
            kind: "revoke" | "export" | "count";
            /**
             * @description With revoke: only lists what would end.
             * @default false
             */
            dryRun: boolean;
            /** @description With revoke: the reason, for the user and for audits; by default revoked. */
            reason?: string | null;
            /** @description Conditions that must all hold; at least one. Only live sessions that were created before the job fit. */
            filter: {
                userIds?: components["schemas"]["UserId"][];
            } & components["schemas"]["JobFilterRanges"];
        };
        Job: {
            id: components["schemas"]["JobId"];
            /** @enum {string} */
            kind: "revoke" | "export" | "count";
            dryRun: boolean;
            reason: string | null;
            filter: {
                /** @description The number of userIds; they are kept as digests. */
                userCount?: number;
            } & components["schemas"]["JobFilterRanges"];
            /** @enum {string} */
            state: "running" | "cancelled" | "finished";
            /**
             * Format: date-time
             * @description Sessions that have begun since are not looked at.
             */
            createdAt: string;
            createdBy: {
                id: string;
                name: string;
            };
            /** Format: date-time */
            finishedAt: string | null;
            /**
             * Format: date-time
             * @description When job and result may be deleted.
             */
            expiresAt: string;
            progress: {
                percent: number;
                /** @description Rows looked at, as saved: up to a third of Maintenance:LeaseTime late. */
                examined: number;
                /** @description Sessions that fit. */
                matched: number;
                /** @description Sessions that were ended, each once. */
                ended: number;
                /** @description Rows looked at in a second, since the job was created. */
                ratePerSecond: number;
                ranges: number;
                rangesDone: number;
            };
            /** @description Some of the sessions that fit; only where one job is read. */
            sample?: components["schemas"]["SessionListItem"][];
        };
        Jobs: {
            jobs: components["schemas"]["Job"][];
        };
        /** @description Lines, each a SessionListItem. */
        JobResult: string;
        Health: {
            /** @enum {string} */
            status: "live" | "ready";
        };
        OpenApi: Record<string, unknown>;
        AsyncApi: Record<string, unknown>;
        Problem: {
            /** @description urn:session-functions:problem: followed by a stable name. */
            type: string;
            title: string;
            status: number;
            detail?: string;
            /** @description Of sign-in-insufficient: what is not met. Methods that RFC 8176 does not register are named other. */
            insufficient?: components["schemas"]["Requirement"];
            /** @description At endpoints of OAuth 2.0: the code of RFC 6749 section 5.2. */
            error?: string;
            errors?: {
                /** @description A JSON pointer (RFC 6901) to the member of the body. */
                pointer?: string;
                /** @description A query parameter. */
                parameter?: string;
                header?: string;
                detail: string;
                /** @description The largest value that the policy allows the caller; only for a larger one. */
                maximum?: number;
            }[];
            /** @description The session limit of a user. */
            limit?: number;
            /** @description The reason of the session's end; only for the holder of its token. */
            reason?: string;
            /** Format: date-time */
            endedAt?: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    ListUserSessions: {
        parameters: {
            query: {
                /** @description The id of the user. */
                userId: components["schemas"]["UserId"];
                /** @description The maximum number of entries on a page. */
                pageSize?: number;
                /** @description The continuation token of the previous page. */
                continuation?: string;
                /** @description The state of the sessions to list. */
                state?: "live" | "ended" | "all";
                /** @description Whether to count the live sessions instead of listing them. */
                countOnly?: boolean;
            };
            header?: {
                /** @description strong reads the table and not the cache. max-age=N takes from the cache only what was read from the table at most N seconds ago. The answer then has Session-Age. */
                "Session-Consistency"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of sessions, or the count. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionListOrCount"];
                };
            };
            /** @description credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    CreateSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body give the same session and token. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSession"];
            };
        };
        responses: {
            /** @description The session and its token. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedSession"];
                };
            };
            /** @description body-unreadable: The body is not of the documented shape. credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The body did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description session-limit: The user has reached the session limit of the policy. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-mismatch: A precondition of the request (If-Match, If-None-Match) is false. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is larger than 64 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description content-coding-unsupported: The body must be sent without a content coding. media-type-unsupported: The media type of the body is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused: The Idempotency-Key was used with another request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    RevokeUserSessions: {
        parameters: {
            query: {
                /** @description The id of the user. */
                userId: components["schemas"]["UserId"];
                /** @description The sid of a session of the user to keep. */
                except?: string;
                /** @description The reason, for the user and for audits. */
                reason?: string;
                /** @description Whether to list the sessions without ending them. */
                dryRun?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Number of sessions ended everywhere; with dryRun, the sessions that would end. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndedCount"];
                };
            };
            /** @description Number of sessions ended. Every instance refuses them by effectiveBy. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndedCount"];
                };
            };
            /** @description body-unreadable: The body is not of the documented shape. credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The body did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-mismatch: A precondition of the request (If-Match, If-None-Match) is false. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is larger than 64 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description content-coding-unsupported: The body must be sent without a content coding. media-type-unsupported: The media type of the body is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ListUserSessionsHead: {
        parameters: {
            query: {
                /** @description The id of the user. */
                userId: components["schemas"]["UserId"];
                /** @description The maximum number of entries on a page. */
                pageSize?: number;
                /** @description The continuation token of the previous page. */
                continuation?: string;
                /** @description The state of the sessions to list. */
                state?: "live" | "ended" | "all";
                /** @description Whether to count the live sessions instead of listing them. */
                countOnly?: boolean;
            };
            header?: {
                /** @description strong reads the table and not the cache. max-age=N takes from the cache only what was read from the table at most N seconds ago. The answer then has Session-Age. */
                "Session-Consistency"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of sessions, or the count. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionListOrCount"];
                };
            };
            /** @description credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    IntrospectSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description strong reads the table and not the cache. max-age=N takes from the cache only what was read from the table at most N seconds ago. The answer then has Session-Age. */
                "Session-Consistency"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Introspection"];
            };
        };
        responses: {
            /** @description The session, or active: false. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntrospectionResult"];
                };
            };
            /** @description body-unreadable: The body is not of the documented shape. credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description audience-refused: The client may not have passports for this audience. forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The body did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-mismatch: A precondition of the request (If-Match, If-None-Match) is false. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is larger than 64 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description content-coding-unsupported: The body must be sent without a content coding. media-type-unsupported: The media type of the body is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    IntrospectSessions: {
        parameters: {
            query?: never;
            header?: {
                /** @description strong reads the table and not the cache. max-age=N takes from the cache only what was read from the table at most N seconds ago. The answer then has Session-Age. */
                "Session-Consistency"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Introspections"];
            };
        };
        responses: {
            /** @description An answer for each; a problem in place of one that there would be alone. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntrospectionResults"];
                };
            };
            /** @description body-unreadable: The body is not of the documented shape. credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The body did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-mismatch: A precondition of the request (If-Match, If-None-Match) is false. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is larger than 64 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description content-coding-unsupported: The body must be sent without a content coding. media-type-unsupported: The media type of the body is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    IntrospectToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description strong reads the table and not the cache. max-age=N takes from the cache only what was read from the table at most N seconds ago. The answer then has Session-Age. */
                "Session-Consistency"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["TokenIntrospection"];
            };
        };
        responses: {
            /** @description What the token stands for, or active: false alone. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenIntrospectionResponse"];
                };
            };
            /** @description body-unreadable: The body is not of the documented shape. credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The body did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-mismatch: A precondition of the request (If-Match, If-None-Match) is false. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is larger than 64 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description content-coding-unsupported: The body must be sent without a content coding. media-type-unsupported: The media type of the body is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description strong reads the table and not the cache. max-age=N takes from the cache only what was read from the table at most N seconds ago. The answer then has Session-Age. */
                "Session-Consistency"?: string;
                /** @description Entity tags, one of which must be current; else 412. */
                "If-Match"?: string;
                /** @description Entity tags known to the client; 304 when one is current. */
                "If-None-Match"?: string;
            };
            path: {
                /** @description The session. */
                sid: components["schemas"]["Sid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description The representation is one that If-None-Match names. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description session-not-found: The session does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-mismatch: A precondition of the request (If-Match, If-None-Match) is false. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    RevokeSession: {
        parameters: {
            query?: {
                /** @description The reason, for the user and for audits. */
                reason?: string;
            };
            header?: never;
            path: {
                /** @description The session. */
                sid: components["schemas"]["Sid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ended. Every instance refuses it by effectiveBy. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Effect"];
                };
            };
            /** @description Ended everywhere. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description body-unreadable: The body is not of the documented shape. credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description session-not-found: The session does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The body did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-mismatch: A precondition of the request (If-Match, If-None-Match) is false. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is larger than 64 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description content-coding-unsupported: The body must be sent without a content coding. media-type-unsupported: The media type of the body is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetSessionHead: {
        parameters: {
            query?: never;
            header?: {
                /** @description strong reads the table and not the cache. max-age=N takes from the cache only what was read from the table at most N seconds ago. The answer then has Session-Age. */
                "Session-Consistency"?: string;
                /** @description Entity tags, one of which must be current; else 412. */
                "If-Match"?: string;
                /** @description Entity tags known to the client; 304 when one is current. */
                "If-None-Match"?: string;
            };
            path: {
                /** @description The session. */
                sid: components["schemas"]["Sid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description The representation is one that If-None-Match names. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description session-not-found: The session does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-mismatch: A precondition of the request (If-Match, If-None-Match) is false. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetSessionData: {
        parameters: {
            query?: never;
            header?: {
                /** @description strong reads the table and not the cache. max-age=N takes from the cache only what was read from the table at most N seconds ago. The answer then has Session-Age. */
                "Session-Consistency"?: string;
                /** @description Entity tags, one of which must be current; else 412. */
                "If-Match"?: string;
                /** @description Entity tags known to the client; 304 when one is current. */
                "If-None-Match"?: string;
            };
            path: {
                /** @description The session. */
                sid: components["schemas"]["Sid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The data. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Data"];
                };
            };
            /** @description The representation is one that If-None-Match names. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description session-not-found: The session does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-mismatch: A precondition of the request (If-Match, If-None-Match) is false. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ReplaceSessionData: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags, one of which must be current; else 412. */
                "If-Match"?: string;
                /** @description Entity tags, none of which may be current; else 412. */
                "If-None-Match"?: string;
            };
            path: {
                /** @description The session. */
                sid: components["schemas"]["Sid"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Data"];
            };
        };
        responses: {
            /** @description The new data. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Data"];
                };
            };
            /** @description body-unreadable: The body is not of the documented shape. credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description session-not-found: The session does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The body did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-mismatch: A precondition of the request (If-Match, If-None-Match) is false. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is larger than 64 KiB. data-too-large: The session's data would be larger than 32 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description content-coding-unsupported: The body must be sent without a content coding. media-type-unsupported: The media type of the body is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetSessionDataHead: {
        parameters: {
            query?: never;
            header?: {
                /** @description strong reads the table and not the cache. max-age=N takes from the cache only what was read from the table at most N seconds ago. The answer then has Session-Age. */
                "Session-Consistency"?: string;
                /** @description Entity tags, one of which must be current; else 412. */
                "If-Match"?: string;
                /** @description Entity tags known to the client; 304 when one is current. */
                "If-None-Match"?: string;
            };
            path: {
                /** @description The session. */
                sid: components["schemas"]["Sid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The data. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Data"];
                };
            };
            /** @description The representation is one that If-None-Match names. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description session-not-found: The session does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-mismatch: A precondition of the request (If-Match, If-None-Match) is false. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    MergeSessionData: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags, one of which must be current; else 412. */
                "If-Match"?: string;
                /** @description Entity tags, none of which may be current; else 412. */
                "If-None-Match"?: string;
            };
            path: {
                /** @description The session. */
                sid: components["schemas"]["Sid"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Data"];
                "application/merge-patch+json": components["schemas"]["Data"];
            };
        };
        responses: {
            /** @description The new data. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Data"];
                };
            };
            /** @description body-unreadable: The body is not of the documented shape. credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description session-not-found: The session does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The body did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-mismatch: A precondition of the request (If-Match, If-None-Match) is false. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is larger than 64 KiB. data-too-large: The session's data would be larger than 32 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description content-coding-unsupported: The body must be sent without a content coding. media-type-unsupported: The media type of the body is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ReplaceSessionClaims: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags, one of which must be current; else 412. */
                "If-Match"?: string;
                /** @description Entity tags, none of which may be current; else 412. */
                "If-None-Match"?: string;
            };
            path: {
                /** @description The session. */
                sid: components["schemas"]["Sid"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Claims"];
            };
        };
        responses: {
            /** @description The new claims. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Claims"];
                };
            };
            /** @description body-unreadable: The body is not of the documented shape. credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description session-not-found: The session does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The body did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-mismatch: A precondition of the request (If-Match, If-None-Match) is false. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is larger than 64 KiB. claims-too-large: The session's claims would be larger than 4 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description content-coding-unsupported: The body must be sent without a content coding. media-type-unsupported: The media type of the body is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    TouchSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description strong reads the table and not the cache. max-age=N takes from the cache only what was read from the table at most N seconds ago. The answer then has Session-Age. */
                "Session-Consistency"?: string;
            };
            path: {
                /** @description The session. */
                sid: components["schemas"]["Sid"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Activity"];
            };
        };
        responses: {
            /** @description The session with its new ends. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description body-unreadable: The body is not of the documented shape. credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description session-not-found: The session does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The body did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-mismatch: A precondition of the request (If-Match, If-None-Match) is false. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is larger than 64 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description content-coding-unsupported: The body must be sent without a content coding. media-type-unsupported: The media type of the body is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    SetSessionExpiry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session. */
                sid: components["schemas"]["Sid"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Expiry"];
            };
        };
        responses: {
            /** @description The session with its new ends. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description Ended. Every instance refuses it by effectiveBy. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Effect"];
                };
            };
            /** @description Ended everywhere. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description body-unreadable: The body is not of the documented shape. credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description session-not-found: The session does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The body did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-mismatch: A precondition of the request (If-Match, If-None-Match) is false. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is larger than 64 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description content-coding-unsupported: The body must be sent without a content coding. media-type-unsupported: The media type of the body is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    RotateSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session. */
                sid: components["schemas"]["Sid"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Rotation"];
            };
        };
        responses: {
            /** @description The session and its new token. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedSession"];
                };
            };
            /** @description body-unreadable: The body is not of the documented shape. credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description session-not-found: The session does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The body did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description session-has-key: The session is found by a key and cannot be rotated. session-has-user: The session belongs to another user. session-limit: The user has reached the session limit of the policy. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-mismatch: A precondition of the request (If-Match, If-None-Match) is false. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is larger than 64 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description content-coding-unsupported: The body must be sent without a content coding. media-type-unsupported: The media type of the body is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetKeyedSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description strong reads the table and not the cache. max-age=N takes from the cache only what was read from the table at most N seconds ago. The answer then has Session-Age. */
                "Session-Consistency"?: string;
                /** @description Entity tags, one of which must be current; else 412. */
                "If-Match"?: string;
                /** @description Entity tags known to the client; 304 when one is current. */
                "If-None-Match"?: string;
            };
            path: {
                /** @description The key. */
                key: components["schemas"]["SessionKey"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description The representation is one that If-None-Match names. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description session-not-found: The session does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-mismatch: A precondition of the request (If-Match, If-None-Match) is false. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    SaveKeyedSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags, one of which must be current; else 412. */
                "If-Match"?: string;
                /** @description Entity tags, none of which may be current; else 412. */
                "If-None-Match"?: string;
            };
            path: {
                /** @description The key. */
                key: components["schemas"]["SessionKey"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeyedSession"];
            };
        };
        responses: {
            /** @description The session, saved. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description The new session. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description body-unreadable: The body is not of the documented shape. credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The body did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description session-ended: The session of the key was ended; a save does not revive it. session-has-user: The session belongs to another user. session-limit: The user has reached the session limit of the policy. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-mismatch: A precondition of the request (If-Match, If-None-Match) is false. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is larger than 64 KiB. claims-too-large: The session's claims would be larger than 4 KiB. data-too-large: The session's data would be larger than 32 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description content-coding-unsupported: The body must be sent without a content coding. media-type-unsupported: The media type of the body is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    EndKeyedSession: {
        parameters: {
            query?: {
                /** @description The reason, for the user and for audits. */
                reason?: string;
            };
            header?: never;
            path: {
                /** @description The key. */
                key: components["schemas"]["SessionKey"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ended. Every instance refuses it by effectiveBy. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Effect"];
                };
            };
            /** @description Ended everywhere. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description body-unreadable: The body is not of the documented shape. credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The body did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-mismatch: A precondition of the request (If-Match, If-None-Match) is false. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is larger than 64 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description content-coding-unsupported: The body must be sent without a content coding. media-type-unsupported: The media type of the body is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetKeyedSessionHead: {
        parameters: {
            query?: never;
            header?: {
                /** @description strong reads the table and not the cache. max-age=N takes from the cache only what was read from the table at most N seconds ago. The answer then has Session-Age. */
                "Session-Consistency"?: string;
                /** @description Entity tags, one of which must be current; else 412. */
                "If-Match"?: string;
                /** @description Entity tags known to the client; 304 when one is current. */
                "If-None-Match"?: string;
            };
            path: {
                /** @description The key. */
                key: components["schemas"]["SessionKey"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description The representation is one that If-None-Match names. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description session-not-found: The session does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-mismatch: A precondition of the request (If-Match, If-None-Match) is false. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    MergeKeyedSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags, one of which must be current; else 412. */
                "If-Match"?: string;
                /** @description Entity tags, none of which may be current; else 412. */
                "If-None-Match"?: string;
            };
            path: {
                /** @description The key. */
                key: components["schemas"]["SessionKey"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Data"];
                "application/merge-patch+json": components["schemas"]["Data"];
            };
        };
        responses: {
            /** @description The new data. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Data"];
                };
            };
            /** @description body-unreadable: The body is not of the documented shape. credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description session-not-found: The session does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The body did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-mismatch: A precondition of the request (If-Match, If-None-Match) is false. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is larger than 64 KiB. data-too-large: The session's data would be larger than 32 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description content-coding-unsupported: The body must be sent without a content coding. media-type-unsupported: The media type of the body is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    TouchKeyedSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description strong reads the table and not the cache. max-age=N takes from the cache only what was read from the table at most N seconds ago. The answer then has Session-Age. */
                "Session-Consistency"?: string;
            };
            path: {
                /** @description The key. */
                key: components["schemas"]["SessionKey"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Activity"];
            };
        };
        responses: {
            /** @description The session with its new ends. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description body-unreadable: The body is not of the documented shape. credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description session-not-found: The session does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The body did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-mismatch: A precondition of the request (If-Match, If-None-Match) is false. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is larger than 64 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description content-coding-unsupported: The body must be sent without a content coding. media-type-unsupported: The media type of the body is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    EndKeyedSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ended. Every instance refuses them by effectiveBy. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Effect"];
                };
            };
            /** @description body-unreadable: The body is not of the documented shape. credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The body did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-mismatch: A precondition of the request (If-Match, If-None-Match) is false. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is larger than 64 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description content-coding-unsupported: The body must be sent without a content coding. media-type-unsupported: The media type of the body is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetOwnSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description strong reads the table and not the cache. max-age=N takes from the cache only what was read from the table at most N seconds ago. The answer then has Session-Age. */
                "Session-Consistency"?: string;
                /** @description The user must have been authenticated within so many seconds; else 401 with a challenge of RFC 9470. */
                "Session-Max-Authentication-Age"?: number;
                /** @description The session must have at least this level; else 401. */
                "Session-Min-Assurance-Level"?: components["schemas"]["AssuranceLevel"];
                /** @description Names, separated by commas, of methods that must all have been used; else 401. */
                "Session-Authentication-Methods"?: string;
                /** @description Entity tags, one of which must be current; else 412. */
                "If-Match"?: string;
                /** @description Entity tags known to the client; 304 when one is current. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session as its user sees it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnSession"];
                };
            };
            /** @description The representation is one that If-None-Match names. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description sign-in-insufficient: The sign-in does not meet the requirements of the request. unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf-refused: The request does not show that it comes from the application itself. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-mismatch: A precondition of the request (If-Match, If-None-Match) is false. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    EndOwnSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ended. Every instance refuses it by effectiveBy. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Effect"];
                };
            };
            /** @description Ended everywhere. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description body-unreadable: The body is not of the documented shape. credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf-refused: The request does not show that it comes from the application itself. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The body did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-mismatch: A precondition of the request (If-Match, If-None-Match) is false. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is larger than 64 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description content-coding-unsupported: The body must be sent without a content coding. media-type-unsupported: The media type of the body is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetOwnSessionHead: {
        parameters: {
            query?: never;
            header?: {
                /** @description strong reads the table and not the cache. max-age=N takes from the cache only what was read from the table at most N seconds ago. The answer then has Session-Age. */
                "Session-Consistency"?: string;
                /** @description The user must have been authenticated within so many seconds; else 401 with a challenge of RFC 9470. */
                "Session-Max-Authentication-Age"?: number;
                /** @description The session must have at least this level; else 401. */
                "Session-Min-Assurance-Level"?: components["schemas"]["AssuranceLevel"];
                /** @description Names, separated by commas, of methods that must all have been used; else 401. */
                "Session-Authentication-Methods"?: string;
                /** @description Entity tags, one of which must be current; else 412. */
                "If-Match"?: string;
                /** @description Entity tags known to the client; 304 when one is current. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session as its user sees it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnSession"];
                };
            };
            /** @description The representation is one that If-None-Match names. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description sign-in-insufficient: The sign-in does not meet the requirements of the request. unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf-refused: The request does not show that it comes from the application itself. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-mismatch: A precondition of the request (If-Match, If-None-Match) is false. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    AwaitOwnChanges: {
        parameters: {
            query?: {
                /** @description The version of the session that the client knows; without it, the answer is the session at once. */
                since?: number;
            };
            header?: {
                /** @description strong reads the table and not the cache. max-age=N takes from the cache only what was read from the table at most N seconds ago. The answer then has Session-Age. */
                "Session-Consistency"?: string;
                /** @description wait=N waits up to N seconds for news. Preference-Applied tells how long the host waits; with wait=0 it answers at once, and Retry-After tells when to ask again. */
                Prefer?: string;
                /** @description The user must have been authenticated within so many seconds; else 401 with a challenge of RFC 9470. */
                "Session-Max-Authentication-Age"?: number;
                /** @description The session must have at least this level; else 401. */
                "Session-Min-Assurance-Level"?: components["schemas"]["AssuranceLevel"];
                /** @description Names, separated by commas, of methods that must all have been used; else 401. */
                "Session-Authentication-Methods"?: string;
                /** @description Entity tags, one of which must be current; else 412. */
                "If-Match"?: string;
                /** @description Entity tags known to the client; 304 when one is current. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session: it has changed since that version, or expires within a minute. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnSession"];
                };
            };
            /** @description Nothing has changed. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description sign-in-insufficient: The sign-in does not meet the requirements of the request. unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf-refused: The request does not show that it comes from the application itself. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-mismatch: A precondition of the request (If-Match, If-None-Match) is false. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    AwaitOwnChangesHead: {
        parameters: {
            query?: {
                /** @description The version of the session that the client knows; without it, the answer is the session at once. */
                since?: number;
            };
            header?: {
                /** @description strong reads the table and not the cache. max-age=N takes from the cache only what was read from the table at most N seconds ago. The answer then has Session-Age. */
                "Session-Consistency"?: string;
                /** @description wait=N waits up to N seconds for news. Preference-Applied tells how long the host waits; with wait=0 it answers at once, and Retry-After tells when to ask again. */
                Prefer?: string;
                /** @description The user must have been authenticated within so many seconds; else 401 with a challenge of RFC 9470. */
                "Session-Max-Authentication-Age"?: number;
                /** @description The session must have at least this level; else 401. */
                "Session-Min-Assurance-Level"?: components["schemas"]["AssuranceLevel"];
                /** @description Names, separated by commas, of methods that must all have been used; else 401. */
                "Session-Authentication-Methods"?: string;
                /** @description Entity tags, one of which must be current; else 412. */
                "If-Match"?: string;
                /** @description Entity tags known to the client; 304 when one is current. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session: it has changed since that version, or expires within a minute. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnSession"];
                };
            };
            /** @description Nothing has changed. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description sign-in-insufficient: The sign-in does not meet the requirements of the request. unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf-refused: The request does not show that it comes from the application itself. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-mismatch: A precondition of the request (If-Match, If-None-Match) is false. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    TouchOwnSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description strong reads the table and not the cache. max-age=N takes from the cache only what was read from the table at most N seconds ago. The answer then has Session-Age. */
                "Session-Consistency"?: string;
                /** @description The user must have been authenticated within so many seconds; else 401 with a challenge of RFC 9470. */
                "Session-Max-Authentication-Age"?: number;
                /** @description The session must have at least this level; else 401. */
                "Session-Min-Assurance-Level"?: components["schemas"]["AssuranceLevel"];
                /** @description Names, separated by commas, of methods that must all have been used; else 401. */
                "Session-Authentication-Methods"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session with its new ends. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnSession"];
                };
            };
            /** @description body-unreadable: The body is not of the documented shape. credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description sign-in-insufficient: The sign-in does not meet the requirements of the request. unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf-refused: The request does not show that it comes from the application itself. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The body did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-mismatch: A precondition of the request (If-Match, If-None-Match) is false. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is larger than 64 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description content-coding-unsupported: The body must be sent without a content coding. media-type-unsupported: The media type of the body is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    RotateOwnSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session and, outside cookie mode, its new token. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedOwnSession"];
                };
            };
            /** @description body-unreadable: The body is not of the documented shape. credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf-refused: The request does not show that it comes from the application itself. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The body did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-mismatch: A precondition of the request (If-Match, If-None-Match) is false. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is larger than 64 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description content-coding-unsupported: The body must be sent without a content coding. media-type-unsupported: The media type of the body is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    IssuePassport: {
        parameters: {
            query?: never;
            header?: {
                /** @description strong reads the table and not the cache. max-age=N takes from the cache only what was read from the table at most N seconds ago. The answer then has Session-Age. */
                "Session-Consistency"?: string;
                /** @description The user must have been authenticated within so many seconds; else 401 with a challenge of RFC 9470. */
                "Session-Max-Authentication-Age"?: number;
                /** @description The session must have at least this level; else 401. */
                "Session-Min-Assurance-Level"?: components["schemas"]["AssuranceLevel"];
                /** @description Names, separated by commas, of methods that must all have been used; else 401. */
                "Session-Authentication-Methods"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PassportRequest"];
            };
        };
        responses: {
            /** @description The passport. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Passport"];
                };
            };
            /** @description body-unreadable: The body is not of the documented shape. credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description sign-in-insufficient: The sign-in does not meet the requirements of the request. unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description audience-refused: The client may not have passports for this audience. csrf-refused: The request does not show that it comes from the application itself. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The body did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-mismatch: A precondition of the request (If-Match, If-None-Match) is false. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is larger than 64 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description content-coding-unsupported: The body must be sent without a content coding. media-type-unsupported: The media type of the body is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ListMySessions: {
        parameters: {
            query?: {
                /** @description The maximum number of entries on a page. */
                pageSize?: number;
                /** @description The continuation token of the previous page. */
                continuation?: string;
            };
            header?: {
                /** @description strong reads the table and not the cache. max-age=N takes from the cache only what was read from the table at most N seconds ago. The answer then has Session-Age. */
                "Session-Consistency"?: string;
                /** @description The user must have been authenticated within so many seconds; else 401 with a challenge of RFC 9470. */
                "Session-Max-Authentication-Age"?: number;
                /** @description The session must have at least this level; else 401. */
                "Session-Min-Assurance-Level"?: components["schemas"]["AssuranceLevel"];
                /** @description Names, separated by commas, of methods that must all have been used; else 401. */
                "Session-Authentication-Methods"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of live sessions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnSessionList"];
                };
            };
            /** @description credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description sign-in-insufficient: The sign-in does not meet the requirements of the request. unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf-refused: The request does not show that it comes from the application itself. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    EndMySessions: {
        parameters: {
            query?: {
                /** @description Keeps the session of this request. */
                except?: "current";
            };
            header?: {
                /** @description The user must have been authenticated within so many seconds; else 401 with a challenge of RFC 9470. */
                "Session-Max-Authentication-Age"?: number;
                /** @description The session must have at least this level; else 401. */
                "Session-Min-Assurance-Level"?: components["schemas"]["AssuranceLevel"];
                /** @description Names, separated by commas, of methods that must all have been used; else 401. */
                "Session-Authentication-Methods"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Number of sessions ended everywhere. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndedCount"];
                };
            };
            /** @description Number of sessions ended. Every instance refuses them by effectiveBy. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndedCount"];
                };
            };
            /** @description body-unreadable: The body is not of the documented shape. credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description sign-in-insufficient: The sign-in does not meet the requirements of the request. unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf-refused: The request does not show that it comes from the application itself. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The body did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-mismatch: A precondition of the request (If-Match, If-None-Match) is false. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is larger than 64 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description content-coding-unsupported: The body must be sent without a content coding. media-type-unsupported: The media type of the body is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ListMySessionsHead: {
        parameters: {
            query?: {
                /** @description The maximum number of entries on a page. */
                pageSize?: number;
                /** @description The continuation token of the previous page. */
                continuation?: string;
            };
            header?: {
                /** @description strong reads the table and not the cache. max-age=N takes from the cache only what was read from the table at most N seconds ago. The answer then has Session-Age. */
                "Session-Consistency"?: string;
                /** @description The user must have been authenticated within so many seconds; else 401 with a challenge of RFC 9470. */
                "Session-Max-Authentication-Age"?: number;
                /** @description The session must have at least this level; else 401. */
                "Session-Min-Assurance-Level"?: components["schemas"]["AssuranceLevel"];
                /** @description Names, separated by commas, of methods that must all have been used; else 401. */
                "Session-Authentication-Methods"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of live sessions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnSessionList"];
                };
            };
            /** @description credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description sign-in-insufficient: The sign-in does not meet the requirements of the request. unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf-refused: The request does not show that it comes from the application itself. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    EndMySession: {
        parameters: {
            query?: never;
            header?: {
                /** @description The user must have been authenticated within so many seconds; else 401 with a challenge of RFC 9470. */
                "Session-Max-Authentication-Age"?: number;
                /** @description The session must have at least this level; else 401. */
                "Session-Min-Assurance-Level"?: components["schemas"]["AssuranceLevel"];
                /** @description Names, separated by commas, of methods that must all have been used; else 401. */
                "Session-Authentication-Methods"?: string;
            };
            path: {
                /** @description The session. */
                sid: components["schemas"]["Sid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ended. Every instance refuses it by effectiveBy. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Effect"];
                };
            };
            /** @description Ended everywhere. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description body-unreadable: The body is not of the documented shape. credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description sign-in-insufficient: The sign-in does not meet the requirements of the request. unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf-refused: The request does not show that it comes from the application itself. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description session-not-found: The session does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The body did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-mismatch: A precondition of the request (If-Match, If-None-Match) is false. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is larger than 64 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description content-coding-unsupported: The body must be sent without a content coding. media-type-unsupported: The media type of the body is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetPassportKeys: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags, one of which must be current; else 412. */
                "If-Match"?: string;
                /** @description Entity tags known to the client; 304 when one is current. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The keys. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PassportKeys"];
                };
            };
            /** @description The representation is one that If-None-Match names. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-mismatch: A precondition of the request (If-Match, If-None-Match) is false. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetPassportKeysHead: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags, one of which must be current; else 412. */
                "If-Match"?: string;
                /** @description Entity tags known to the client; 304 when one is current. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The keys. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PassportKeys"];
                };
            };
            /** @description The representation is one that If-None-Match names. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-mismatch: A precondition of the request (If-Match, If-None-Match) is false. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetEndings: {
        parameters: {
            query?: {
                /** @description The cursor of the answer before. Without it all that ended within the longest life of a passport. */
                after?: string;
            };
            header?: {
                /** @description wait=N waits up to N seconds for news. Preference-Applied tells how long the host waits; with wait=0 it answers at once, and Retry-After tells when to ask again. */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What ended since. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Endings"];
                };
            };
            /** @description credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. cursor-foreign: The cursor is not of this deployment. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description passports-off: This deployment issues no passports. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description cursor-expired: The event log has no longer what comes after the cursor. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetEndingsHead: {
        parameters: {
            query?: {
                /** @description The cursor of the answer before. Without it all that ended within the longest life of a passport. */
                after?: string;
            };
            header?: {
                /** @description wait=N waits up to N seconds for news. Preference-Applied tells how long the host waits; with wait=0 it answers at once, and Retry-After tells when to ask again. */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What ended since. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Endings"];
                };
            };
            /** @description credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. cursor-foreign: The cursor is not of this deployment. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description passports-off: This deployment issues no passports. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description cursor-expired: The event log has no longer what comes after the cursor. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetEnding: {
        parameters: {
            query?: never;
            header?: {
                /** @description strong reads the table and not the cache. max-age=N takes from the cache only what was read from the table at most N seconds ago. The answer then has Session-Age. */
                "Session-Consistency"?: string;
            };
            path: {
                /** @description The session. */
                sid: components["schemas"]["Sid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether it has ended. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ending"];
                };
            };
            /** @description credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description passports-off: This deployment issues no passports. session-not-found: The session does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetEndingHead: {
        parameters: {
            query?: never;
            header?: {
                /** @description strong reads the table and not the cache. max-age=N takes from the cache only what was read from the table at most N seconds ago. The answer then has Session-Age. */
                "Session-Consistency"?: string;
            };
            path: {
                /** @description The session. */
                sid: components["schemas"]["Sid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether it has ended. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ending"];
                };
            };
            /** @description credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description passports-off: This deployment issues no passports. session-not-found: The session does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    PurgeSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Progress of the run. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MaintenanceRun"];
                };
            };
            /** @description body-unreadable: The body is not of the documented shape. credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The body did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-mismatch: A precondition of the request (If-Match, If-None-Match) is false. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is larger than 64 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description content-coding-unsupported: The body must be sent without a content coding. media-type-unsupported: The media type of the body is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    RebuildIndexes: {
        parameters: {
            query?: {
                /** @description Limits the rebuild to this user. */
                userId?: components["schemas"]["UserId"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Progress of the run. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MaintenanceRun"];
                };
            };
            /** @description body-unreadable: The body is not of the documented shape. credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The body did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-mismatch: A precondition of the request (If-Match, If-None-Match) is false. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is larger than 64 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description content-coding-unsupported: The body must be sent without a content coding. media-type-unsupported: The media type of the body is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    RevokeBefore: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RevokeBefore"];
            };
        };
        responses: {
            /** @description Ended. Every instance refuses them by effectiveBy. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Effect"];
                };
            };
            /** @description body-unreadable: The body is not of the documented shape. credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The body did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-mismatch: A precondition of the request (If-Match, If-None-Match) is false. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is larger than 64 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description content-coding-unsupported: The body must be sent without a content coding. media-type-unsupported: The media type of the body is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ReplayEvents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The number of events that are tried again. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventReplay"];
                };
            };
            /** @description body-unreadable: The body is not of the documented shape. credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The body did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-mismatch: A precondition of the request (If-Match, If-None-Match) is false. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is larger than 64 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description content-coding-unsupported: The body must be sent without a content coding. media-type-unsupported: The media type of the body is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ReadEvents: {
        parameters: {
            query?: {
                /** @description The cursor of the last answer; without it, the oldest event that is kept. */
                after?: string;
                /** @description The maximum number of events. */
                limit?: number;
            };
            header?: {
                /** @description wait=N waits up to N seconds for news. Preference-Applied tells how long the host waits; with wait=0 it answers at once, and Retry-After tells when to ask again. */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events; none when there are none. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventPage"];
                };
            };
            /** @description credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. cursor-foreign: The cursor is not of this deployment. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description events-off: The deployment keeps no event log. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description cursor-expired: The event log has no longer what comes after the cursor. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ReadEventsHead: {
        parameters: {
            query?: {
                /** @description The cursor of the last answer; without it, the oldest event that is kept. */
                after?: string;
                /** @description The maximum number of events. */
                limit?: number;
            };
            header?: {
                /** @description wait=N waits up to N seconds for news. Preference-Applied tells how long the host waits; with wait=0 it answers at once, and Retry-After tells when to ask again. */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events; none when there are none. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventPage"];
                };
            };
            /** @description credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. cursor-foreign: The cursor is not of this deployment. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description events-off: The deployment keeps no event log. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description cursor-expired: The event log has no longer what comes after the cursor. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    VerifyAudit: {
        parameters: {
            query?: {
                /** @description Limits the verification to this user. */
                userId?: components["schemas"]["UserId"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Progress of the run, and what was found so far. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditVerification"];
                };
            };
            /** @description body-unreadable: The body is not of the documented shape. credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The body did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-mismatch: A precondition of the request (If-Match, If-None-Match) is false. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is larger than 64 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description content-coding-unsupported: The body must be sent without a content coding. media-type-unsupported: The media type of the body is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetMaintenanceStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Status of maintenance. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MaintenanceStatus"];
                };
            };
            /** @description credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetMaintenanceStatusHead: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Status of maintenance. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MaintenanceStatus"];
                };
            };
            /** @description credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetOverview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The state. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Overview"];
                };
            };
            /** @description credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetOverviewHead: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The state. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Overview"];
                };
            };
            /** @description credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    FindSessions: {
        parameters: {
            query?: {
                /** @description The id of a user, to find all sessions of the user. */
                userId?: components["schemas"]["UserId"];
                /** @description The sid of a session. */
                sid?: components["schemas"]["Sid"];
                /** @description SHA-256 of the secret of a token (bytes 36 to 67 of its decoded 112 characters), in hex. */
                tokenDigest?: string;
                /** @description The state of the sessions to list, with userId. */
                state?: "live" | "ended" | "all";
                /** @description The maximum number of entries on a page. */
                pageSize?: number;
                /** @description The continuation token of the previous page. */
                continuation?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sessions found; none is an empty list. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FoundSessions"];
                };
            };
            /** @description credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    FindSessionsHead: {
        parameters: {
            query?: {
                /** @description The id of a user, to find all sessions of the user. */
                userId?: components["schemas"]["UserId"];
                /** @description The sid of a session. */
                sid?: components["schemas"]["Sid"];
                /** @description SHA-256 of the secret of a token (bytes 36 to 67 of its decoded 112 characters), in hex. */
                tokenDigest?: string;
                /** @description The state of the sessions to list, with userId. */
                state?: "live" | "ended" | "all";
                /** @description The maximum number of entries on a page. */
                pageSize?: number;
                /** @description The continuation token of the previous page. */
                continuation?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sessions found; none is an empty list. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FoundSessions"];
                };
            };
            /** @description credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetOperator: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The caller. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operator"];
                };
            };
            /** @description credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetOperatorHead: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The caller. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operator"];
                };
            };
            /** @description credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ListJobs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The jobs. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Jobs"];
                };
            };
            /** @description credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    CreateJob: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewJob"];
            };
        };
        responses: {
            /** @description The job; read it again for its progress. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description body-unreadable: The body is not of the documented shape. credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The body did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description job-limit: Too many jobs are running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-mismatch: A precondition of the request (If-Match, If-None-Match) is false. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is larger than 64 KiB. filter-too-large: The body of the job is larger than 1 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description content-coding-unsupported: The body must be sent without a content coding. media-type-unsupported: The media type of the body is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ListJobsHead: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The jobs. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Jobs"];
                };
            };
            /** @description credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The job. */
                id: components["schemas"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description job-not-found: The job does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetJobHead: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The job. */
                id: components["schemas"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description job-not-found: The job does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    CancelJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The job. */
                id: components["schemas"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description body-unreadable: The body is not of the documented shape. credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description job-not-found: The job does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The body did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description job-finished: The job is finished. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-mismatch: A precondition of the request (If-Match, If-None-Match) is false. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is larger than 64 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description content-coding-unsupported: The body must be sent without a content coding. media-type-unsupported: The media type of the body is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ResumeJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The job. */
                id: components["schemas"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description body-unreadable: The body is not of the documented shape. credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description job-not-found: The job does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The body did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description job-finished: The job is finished. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description version-mismatch: A precondition of the request (If-Match, If-None-Match) is false. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is larger than 64 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description content-coding-unsupported: The body must be sent without a content coding. media-type-unsupported: The media type of the body is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetJobResult: {
        parameters: {
            query?: {
                /** @description The continuation token of the previous page. */
                continuation?: string;
            };
            header?: never;
            path: {
                /** @description The job. */
                id: components["schemas"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sessions, one a line; the header Session-Continuation requests the next page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": components["schemas"]["JobResult"];
                };
            };
            /** @description credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description job-not-found: The job does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description job-without-result: A job that counts has no result but its progress and sample. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetJobResultHead: {
        parameters: {
            query?: {
                /** @description The continuation token of the previous page. */
                continuation?: string;
            };
            header?: never;
            path: {
                /** @description The job. */
                id: components["schemas"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sessions, one a line; the header Session-Continuation requests the next page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": components["schemas"]["JobResult"];
                };
            };
            /** @description credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description job-not-found: The job does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description job-without-result: A job that counts has no result but its progress and sample. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetSessionTimeline: {
        parameters: {
            query?: {
                /** @description The maximum number of entries on a page. */
                pageSize?: number;
                /** @description The continuation token of the previous page. */
                continuation?: string;
            };
            header?: never;
            path: {
                /** @description The session. */
                sid: components["schemas"]["Sid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of events. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Timeline"];
                };
            };
            /** @description credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description session-not-found: The session does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetSessionTimelineHead: {
        parameters: {
            query?: {
                /** @description The maximum number of entries on a page. */
                pageSize?: number;
                /** @description The continuation token of the previous page. */
                continuation?: string;
            };
            header?: never;
            path: {
                /** @description The session. */
                sid: components["schemas"]["Sid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of events. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Timeline"];
                };
            };
            /** @description credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description session-not-found: The session does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetUserTimeline: {
        parameters: {
            query: {
                /** @description The id of the user. */
                userId: components["schemas"]["UserId"];
                /** @description The maximum number of entries on a page. */
                pageSize?: number;
                /** @description The continuation token of the previous page. */
                continuation?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of events. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Timeline"];
                };
            };
            /** @description credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetUserTimelineHead: {
        parameters: {
            query: {
                /** @description The id of the user. */
                userId: components["schemas"]["UserId"];
                /** @description The maximum number of entries on a page. */
                pageSize?: number;
                /** @description The continuation token of the previous page. */
                continuation?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of events. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Timeline"];
                };
            };
            /** @description credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetOperatorTimeline: {
        parameters: {
            query?: {
                /** @description The maximum number of entries on a page. */
                pageSize?: number;
                /** @description The continuation token of the previous page. */
                continuation?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of actions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Timeline"];
                };
            };
            /** @description credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetOperatorTimelineHead: {
        parameters: {
            query?: {
                /** @description The maximum number of entries on a page. */
                pageSize?: number;
                /** @description The continuation token of the previous page. */
                continuation?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of actions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Timeline"];
                };
            };
            /** @description credential-ambiguous: The request has more than one credential. credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden: The caller lacks the scope of this operation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests; wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-unavailable: The identity provider's keys cannot be read; try again. store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetLiveness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Live. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetLivenessHead: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Live. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ready. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetReadinessHead: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ready. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description store-unavailable: The session store did not answer in time; try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetOpenApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenApi"];
                };
            };
            /** @description credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetOpenApiHead: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenApi"];
                };
            };
            /** @description credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetAsyncApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AsyncApi"];
                };
            };
            /** @description credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetAsyncApiHead: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AsyncApi"];
                };
            };
            /** @description credential-in-query: The URL holds a credential. validation: A value of the request is not allowed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error; it is logged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}

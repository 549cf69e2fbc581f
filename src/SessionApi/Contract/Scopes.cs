namespace SessionApi.Contract;

/// <summary>Permissions of a service; an operation for services requires one, or one of two. Names: <see cref="ScopeNames"/>.</summary>
[Flags]
public enum Scopes
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><c>sessions.create</c>: create sessions, issue new tokens, set expiry.</summary>
    Create = 1,

    /// <summary><c>sessions.introspect</c>: validate tokens and read their sessions.</summary>
    Introspect = 2,

    /// <summary><c>sessions.read</c>: read and list any user's sessions.</summary>
    Read = 4,

    /// <summary><c>sessions.data</c>: read and write the server-only data.</summary>
    Data = 8,

    /// <summary><c>sessions.touch</c>: report activity.</summary>
    Touch = 16,

    /// <summary><c>sessions.revoke</c>: end sessions.</summary>
    Revoke = 32,

    /// <summary><c>sessions.operate</c>: everything an operator does; includes <see cref="Support"/>.</summary>
    Operate = 64,

    /// <summary><c>sessions.keyed</c>: save, read, touch and end sessions under keys of the caller.</summary>
    Keyed = 128,

    /// <summary><c>sessions.support</c>: find users' sessions, and end one session or one user's.</summary>
    Support = 256,

    /// <summary><c>sessions.events</c>: read the event log, which names every session and user.</summary>
    Events = 1024,

    /// <summary><c>sessions.endings</c>: learn which sessions have ended, to check passports.</summary>
    Endings = 512,

    /// <summary><c>sessions.audit</c>: read the timelines of sessions, users and operators.</summary>
    Audit = 2048,
}

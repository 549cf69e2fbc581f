using Microsoft.AspNetCore.Authentication;
using SessionFunctions.Client;

namespace SessionFunctions.AspNetCore.Authentication;

/// <summary>A session as the API told it, and the ticket that was read of it.</summary>
/// <param name="session">The session.</param>
/// <param name="keptAt">The timestamp when it was told.</param>
internal sealed class KnownSession(Session session, long keptAt)
{
    private AuthenticationTicket? _ticket;

    /// <summary>Gets the session at the time when it was told.</summary>
    public Session Session => session;

    /// <summary>Gets the timestamp when it was told, by the clock of <see cref="KnownSessions"/>.</summary>
    public long KeptAt => keptAt;

    /// <summary>Returns the ticket, a copy that the request may change.</summary>
    /// <param name="scheme">The scheme that asks.</param>
    /// <param name="read">Reads the ticket of the session for this scheme.</param>
    public AuthenticationTicket TicketFor(string scheme, Func<Session, AuthenticationTicket> read)
    {
        var ticket = Volatile.Read(ref _ticket);
        if (ticket?.AuthenticationScheme != scheme)
        {
            ticket = read(session);
            Volatile.Write(ref _ticket, ticket);
        }

        return ticket.Clone();
    }
}

using SessionCore.Protection;
using SessionCore.Sessions;
using SessionCore.Storage;
using Support.TableServer.Storage;

namespace SessionChaos.Histories;

/// <summary>The store's log, read as what it did to sessions. It holds every write in the order they took effect, by whomever.</summary>
internal sealed class StoreLog
{
    private readonly Dictionary<(SessionLocator Session, long Version), WrittenState> _states = [];
    private readonly List<LoggedWrite> _writes = [];

    /// <summary>Reads a log.</summary>
    /// <param name="records">Its lines.</param>
    /// <param name="sessionsTable">The name of the table of sessions.</param>
    /// <param name="protector">Opens bodies.</param>
    public StoreLog(IReadOnlyList<LogRecord> records, string sessionsTable, BodyProtector protector)
    {
        var rows = new RowStore();
        var last = new Dictionary<SessionLocator, WrittenState>();
        foreach (var record in records.Where(record => record.Writes.Count > 0))
        {
            var isDue = record.Table != sessionsTable;
            var sessions = new List<SessionChange>();
            foreach (var write in isDue ? [] : record.Writes)
            {
                rows.Apply(write);
                if (SessionLocator.TryParseKeys(write.Row.PartitionKey, write.Row.RowKey, out var locator))
                {
                    var after = rows.Find(write.Row) is { } row && SessionRow.Read(row) is { } session ? Open(record.At, session, protector) : null;
                    sessions.Add(new SessionChange(locator, last.GetValueOrDefault(locator), after));
                    Keep(locator, after, last);
                }
            }

            _writes.Add(new LoggedWrite(record, isDue, sessions));
        }
    }

    /// <summary>Gets the writes in the order they took effect.</summary>
    public IReadOnlyList<LoggedWrite> Writes => _writes;

    /// <summary>Returns a version of a session; null when it was never written.</summary>
    public WrittenState? Find(SessionLocator session, long version) => _states.GetValueOrDefault((session, version));

    /// <summary>The sessions that ended for a reason.</summary>
    public IEnumerable<WrittenState> EndedWith(string reason) => _states.Values.Where(state => state.Session.EndReason == reason);

    private static WrittenState Open(long at, Session session, BodyProtector protector)
    {
        SessionBody? body = null;
        return session.IsEnded || protector.TryOpen(session, out body) is Opening.Opened
            ? new WrittenState(at, session, body)
            : throw new InvalidDataException("A row's body does not open with the servers' keys.");
    }

    private void Keep(SessionLocator locator, WrittenState? after, Dictionary<SessionLocator, WrittenState> last)
    {
        if (after is null)
        {
            last.Remove(locator);
            return;
        }

        last[locator] = after;
        _states[(locator, after.Session.Version)] = after;
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SessionCore.Sessions;

namespace SessionCore.Events.Log;

/// <summary>What ended, and how much is known of it.</summary>
public sealed class EndingReading
{
    internal EndingReading(EventLogReading reading, DateTimeOffset since)
    {
        Log = reading;
        var endings = new List<Ending>();
        foreach (var told in reading.Events.Select(logged => logged.Event))
        {
            Add(told, since, endings);
        }

        Endings = endings;
    }

    /// <summary>Gets the reading of the log: outcome, cursor, and how complete it is.</summary>
    public EventLogReading Log { get; }

    /// <summary>Gets the ended sessions. One may be told twice.</summary>
    public IReadOnlyList<Ending> Endings { get; }

    /// <summary>Gets the latest instant that was set in what was read, before which sessions count as ended; null for none.</summary>
    public DateTimeOffset? RevokedBefore { get; private set; }

    internal bool IsEmpty => Endings.Count == 0 && RevokedBefore is null;

    private void Add(SessionEvent told, DateTimeOffset since, List<Ending> endings)
    {
        switch (told.Type)
        {
            case SessionEventTypes.Ended or SessionEventTypes.Assigned when told.Subject is { } sid:
                AddIfLate(new Ending(Ending.HashOf(sid), EndOf(told)), since, endings);
                break;
            case SessionEventTypes.SignedOutEverywhere:
                foreach (var sid in EventData.SidsOf(told))
                {
                    AddIfLate(new Ending(Ending.HashOf(sid), told.At), since, endings);
                }

                break;
            case SessionEventTypes.RevokedBefore:
                AddInstant(told);
                break;
            default:
                break;
        }
    }

    // What ended long ago has no passport any more: a lapse that the purge has found.
    private static void AddIfLate(Ending ending, DateTimeOffset since, List<Ending> endings)
    {
        if (ending.EndedAt >= since)
        {
            endings.Add(ending);
        }
    }

    private static DateTimeOffset EndOf(SessionEvent told)
    {
        using var data = JsonDocument.Parse(told.DataJson);
        return data.RootElement.TryGetProperty("endedAt"u8, out var at) && at.TryGetDateTimeOffset(out var ended) ? ended : told.At;
    }

    // That of a client ends sessions under keys only.
    private void AddInstant(SessionEvent told)
    {
        using var data = JsonDocument.Parse(told.DataJson);
        if (!data.RootElement.TryGetProperty("client"u8, out _) && data.RootElement.TryGetProperty("before"u8, out var before) && before.TryGetDateTimeOffset(out var instant))
        {
            RevokedBefore = RevokedBefore > instant ? RevokedBefore : instant;
        }
    }
}

/// <summary>Session that has ended.</summary>
/// <param name="Hash">The first 16 bytes of the SHA-256 of its sid, big endian.</param>
/// <param name="EndedAt">When it ended.</param>
public readonly record struct Ending(UInt128 Hash, DateTimeOffset EndedAt)
{
    /// <summary>Returns the hash of a sid.</summary>
    public static UInt128 HashOf(string sid)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.ASCII.GetBytes(sid), hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}

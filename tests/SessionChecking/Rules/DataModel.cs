using System.Text.Json;
using SessionChecking.Histories;
using SessionCore.Sessions;

namespace SessionChecking.Rules;

/// <summary>What a session's data has to be in each version, as the names of its members: creator, last replacement, merges since.</summary>
internal sealed class DataModel(Facts facts)
{
    private readonly Dictionary<(SessionLocator Session, long Version), HashSet<string>?> _states = [];
    private readonly HashSet<SessionLocator> _told = [];

    /// <summary>The members of a version; null when nothing is certain of it.</summary>
    public HashSet<string>? At(SessionLocator session, long version)
    {
        Tell(session);
        return _states.GetValueOrDefault((session, version));
    }

    /// <summary>The members of data as answered; creator and replacement with their values.</summary>
    public static HashSet<string> Read(ReadOnlySpan<byte> json)
    {
        var members = new HashSet<string>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            members.Add(reader.TokenType is JsonTokenType.String ? $"{name}={reader.GetString()}" : name);
        }

        return members;
    }

    private void Tell(SessionLocator session)
    {
        if (!_told.Add(session))
        {
            return;
        }

        HashSet<string>? members = null;
        foreach (var state in facts.TimelineOf(session))
        {
            if (state is { Session: { IsEnded: false } row, By: { } call })
            {
                members = After(members, state, row, call);
                _states[(session, row.Version)] = members;
            }
        }
    }

    private HashSet<string>? After(HashSet<string>? members, RowState state, Session row, Call call) => call.Kind switch
    {
        CallKind.Create => [$"by={call.Mark}"],
        CallKind.KeyedSave => [$"by={call.Named!.Service}", $"put={call.Mark}"],
        CallKind.MergeData or CallKind.KeyedMerge when members is not null => [.. members, call.Mark!],
        CallKind.ReplaceData when members is not null => [.. members.Where(member => member.StartsWith("by=", StringComparison.Ordinal)), $"put={call.Mark}"],
        CallKind.Upgrade when row.Locator != call.Session => Upgraded(members, state, row.Locator, call.Session!.Value),
        _ => members,
    };

    // A copy counts once the anonymous session has ended for its sake: then it holds what that one held at its end. Of any
    // other copy nobody has a token, and it is ended again. After the end no upgrade changes anything.
    private HashSet<string>? Upgraded(HashSet<string>? members, RowState state, SessionLocator copy, SessionLocator from)
    {
        var timeline = facts.TimelineOf(from);
        var end = timeline.FirstOrDefault(it => it.Session is { EndReason: EndReasons.Upgraded } row && row.Operation == SessionLocator.Hex(copy.Id));
        if (end is null || state.Moment > end.Moment)
        {
            return members;
        }

        Tell(from);
        return timeline.Last(it => it.Moment < end.Moment).Session is { } last ? At(from, last.Version) : null;
    }
}

using SessionCore.Sessions;

namespace SessionApi.Http;

/// <summary>Who acts as the user, in a request: an object with an id and a reason.</summary>
internal static class RequestActor
{
    private static readonly MemberNames Members = new("sub", "reason");

    /// <summary>Reads an actor, or null.</summary>
    public static SessionActor? Read(ref StrictJsonReader reader)
    {
        if (reader.BeginObject(Members) is not { } outer)
        {
            return null;
        }

        string? subject = null;
        string? reason = null;
        for (var member = reader.NextInner(); member >= 0; member = reader.NextInner())
        {
            if (member == 0)
            {
                subject = reader.ReadUserId();
            }
            else
            {
                reason = ReadReason(ref reader);
            }
        }

        reader.EndObject(outer);
        if (subject is not null && reason is not null)
        {
            return new SessionActor(subject, reason);
        }

        // Nobody acts as a user without being named and without saying why. An earlier fault stays the answer.
        reader.FailMember("must have the members sub and reason");
        return null;
    }

    private static string? ReadReason(ref StrictJsonReader reader)
    {
        var reason = reader.ReadText(1, SessionActor.MaxReasonCharacters);
        if (reason is null || RequestText.IsVisible(reason))
        {
            return reason;
        }

        reader.FailMember("must hold a character that can be seen");
        return null;
    }
}

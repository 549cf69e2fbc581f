using System.Globalization;
using System.Net;
using SessionApi.Callers;
using SessionApi.Http;
using SessionCore.Configuration;
using SessionCore.Incidents;
using SessionCore.Sessions;

namespace SessionApi.Operations;

/// <summary>Body of a new job.</summary>
internal static class CreateJobRequest
{
    private const int MaxPartCharacters = 200;
    private const int MaxClientCharacters = 64;
    private const int MaxKindCharacters = 16;

    private static readonly MemberNames Members = new("kind", "dryRun", "reason", "filter");

    private static readonly MemberNames FilterMembers = new(
        "userIds", "createdFrom", "createdBefore", "lastSeenFrom", "lastSeenBefore", "addresses", "userAgentContains", "assuranceBelow", "methodMissing", "client");

    public static JobRequest? Read(ReadOnlyMemory<byte> json, Caller caller, out Problem? fault)
    {
        var reader = new StrictJsonReader(json);
        JobKind? kind = null;
        var dryRun = false;
        string? reason = null;
        SessionFilter? filter = null;
        for (var member = reader.Next(Members); member >= 0; member = reader.Next(Members))
        {
            switch (member)
            {
                case 0:
                    kind = ReadKind(ref reader);
                    break;
                case 1:
                    dryRun = reader.ReadBoolean();
                    break;
                case 2:
                    reason = ReadReason(ref reader);
                    break;
                default:
                    filter = ReadFilter(ref reader);
                    break;
            }
        }

        fault = reader.Fault ?? Check(kind, dryRun, reason, filter);
        if (fault is not null)
        {
            return null;
        }

        return new JobRequest(kind!.Value, filter!) // checked
        {
            DryRun = dryRun,
            Reason = kind is JobKind.Revoke ? reason ?? EndReasons.Revoked : null,
            CallerId = caller.Id,
            CallerName = caller.Name,
        };
    }

    private static Problem? Check(JobKind? kind, bool dryRun, string? reason, SessionFilter? filter)
    {
        if (kind is null)
        {
            return SessionProblems.Member("#/kind", "The member is required.");
        }

        if (dryRun && kind is not JobKind.Revoke)
        {
            return SessionProblems.Member("#/dryRun", "Not supported with this kind. Allowed: with revoke; the others change nothing.");
        }

        if (reason is not null && kind is not JobKind.Revoke)
        {
            return SessionProblems.Member("#/reason", "Not supported with this kind. Allowed: with revoke.");
        }

        return filter is null ? SessionProblems.Member("#/filter", "The member is required.") : CheckFilter(filter);
    }

    private static Problem? CheckFilter(SessionFilter filter)
    {
        if (filter.IsEmpty)
        {
            return SessionProblems.Member("#/filter", $"The filter is empty, so it would fit every session. Name at least one of {FilterMembers}; revoke-before ends every session.");
        }

        if (filter.CreatedBefore <= filter.CreatedFrom)
        {
            return SessionProblems.Member("#/filter/createdBefore", "The value must be later than createdFrom.");
        }

        return filter.LastSeenBefore <= filter.LastSeenFrom
            ? SessionProblems.Member("#/filter/lastSeenBefore", "The value must be later than lastSeenFrom.")
            : null;
    }

    private static JobKind? ReadKind(ref StrictJsonReader reader)
    {
        switch (reader.ReadText(1, MaxKindCharacters))
        {
            case "revoke":
                return JobKind.Revoke;
            case "export":
                return JobKind.Export;
            case "count":
                return JobKind.Count;
            default:
                reader.FailMember("must be one of revoke, export, count");
                return null;
        }
    }

    private static string? ReadReason(ref StrictJsonReader reader)
    {
        var reason = reader.ReadText(1, RequestText.MaxReasonCharacters);
        if (reason is not null && !RequestText.IsReason(reason))
        {
            reader.FailMember("must be words of a-z and 0-9 joined by hyphens");
        }

        return reason;
    }

    private static SessionFilter? ReadFilter(ref StrictJsonReader reader)
    {
        if (reader.BeginObject(FilterMembers) is not { } outer)
        {
            return null;
        }

        var filter = new SessionFilter();
        for (var member = reader.NextInner(); member >= 0; member = reader.NextInner())
        {
            filter = member switch
            {
                0 => filter with { Users = ReadUsers(ref reader) },
                1 => filter with { CreatedFrom = ReadInstant(ref reader) },
                2 => filter with { CreatedBefore = ReadInstant(ref reader) },
                3 => filter with { LastSeenFrom = ReadInstant(ref reader) },
                4 => filter with { LastSeenBefore = ReadInstant(ref reader) },
                5 => filter with { Addresses = ReadAddresses(ref reader) },
                6 => filter with { UserAgentContains = reader.ReadText(1, MaxPartCharacters) },
                7 => filter with { AssuranceBelow = ReadLevel(ref reader) },
                8 => filter with { MethodMissing = ReadMethod(ref reader) },
                _ => filter with { Client = reader.ReadText(1, MaxClientCharacters) },
            };
        }

        reader.EndObject(outer);
        return filter;
    }

    private static UInt128[]? ReadUsers(ref StrictJsonReader reader)
    {
        var rule = string.Create(CultureInfo.InvariantCulture, $"must be 1 to {SessionFilter.MaxUsers} different ids of users, each of 1 to {RequestText.MaxUserIdCharacters} printable characters");
        if (reader.ReadTexts(SessionFilter.MaxUsers, rule) is not { } ids)
        {
            return null;
        }

        if (ids.Count == 0 || !ids.All(id => RequestText.IsUserId(id)) || ids.Distinct(StringComparer.Ordinal).Count() < ids.Count)
        {
            reader.FailMember(rule);
        }

        return [.. ids.Select(SessionLocator.PartitionOf).Order()];
    }

    private static IPNetwork[]? ReadAddresses(ref StrictJsonReader reader)
    {
        var rule = string.Create(CultureInfo.InvariantCulture, $"must be 1 to {SessionFilter.MaxAddresses} addresses or CIDR blocks, such as 203.0.113.0/24 or 2001:db8::/32, without bits behind the prefix");
        if (reader.ReadTexts(SessionFilter.MaxAddresses, rule) is not { } texts)
        {
            return null;
        }

        var networks = texts.Select(NetworkOf).OfType<IPNetwork>().ToArray();
        if (texts.Count == 0 || networks.Length < texts.Count)
        {
            reader.FailMember(rule);
        }

        return networks;
    }

    private static IPNetwork? NetworkOf(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (RequestText.CanonicalAddress(slash < 0 ? text : text.AsSpan(0, slash)) is not { } canonical)
        {
            return null;
        }

        var address = IPAddress.Parse(canonical);
        var bits = address.GetAddressBytes().Length * 8;
        var prefix = bits;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out prefix) || prefix > bits))
        {
            return null;
        }

        return IPNetwork.TryParse(string.Create(CultureInfo.InvariantCulture, $"{canonical}/{prefix}"), out var network) && network.BaseAddress.Equals(address) ? network : null;
    }

    private static DateTimeOffset? ReadInstant(ref StrictJsonReader reader)
    {
        if (reader.ReadText(1, Rfc3339.MaxCharacters) is not { } text)
        {
            return null;
        }

        if (!Rfc3339.TryParse(text, out var instant))
        {
            reader.FailMember("must be an RFC 3339 date-time such as 2030-01-31T23:59:59Z");
        }

        return instant;
    }

    private static AssuranceLevel? ReadLevel(ref StrictJsonReader reader)
    {
        if (reader.ReadText(1, MaxKindCharacters) is not { } text)
        {
            return null;
        }

        if (AssuranceLevelNames.Parse(text) is AssuranceLevel level and not AssuranceLevel.Aal1)
        {
            return level;
        }

        reader.FailMember("must be aal2 or aal3");
        return null;
    }

    private static string? ReadMethod(ref StrictJsonReader reader)
    {
        var name = reader.ReadText(1, AuthenticationMethods.MaxNameCharacters);
        if (name is not null && !AuthenticationMethods.IsName(name))
        {
            reader.FailMember("must be the name of an authentication method: printable ASCII without space, double quote and backslash");
        }

        return name;
    }
}

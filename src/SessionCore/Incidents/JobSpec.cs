using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using SessionCore.Sessions;

namespace SessionCore.Incidents;

/// <summary>JSON of what a job is asked, without its users, as its row keeps it sealed.</summary>
internal static class JobSpec
{
    public static byte[] Write(JobRequest request) => JsonSerializer.SerializeToUtf8Bytes(
        new JobSpecDocument
        {
            Kind = request.Kind,
            DryRun = request.DryRun,
            Reason = request.Reason,
            CallerId = request.CallerId,
            CallerName = request.CallerName,
            Users = request.Filter.Users?.Count,
            CreatedFrom = request.Filter.CreatedFrom,
            CreatedBefore = request.Filter.CreatedBefore,
            LastSeenFrom = request.Filter.LastSeenFrom,
            LastSeenBefore = request.Filter.LastSeenBefore,
            Addresses = request.Filter.Addresses?.Select(network => network.ToString()).ToArray(),
            UserAgentContains = request.Filter.UserAgentContains,
            AssuranceBelow = request.Filter.AssuranceBelow,
            MethodMissing = request.Filter.MethodMissing,
            Client = request.Filter.Client,
        },
        JobSpecJson.Default.JobSpecDocument);

    /// <summary>Reads it; null for anything else than <see cref="Write"/> returns.</summary>
    public static (JobRequest Request, int? Users)? Read(ReadOnlyMemory<byte> json)
    {
        JobSpecDocument? spec;
        try
        {
            spec = JsonSerializer.Deserialize(json.Span, JobSpecJson.Default.JobSpecDocument);
        }
        catch (JsonException)
        {
            return null;
        }

        return spec is null
            ? null
            : (new JobRequest(spec.Kind, FilterOf(spec)) { DryRun = spec.DryRun, Reason = spec.Reason, CallerId = spec.CallerId, CallerName = spec.CallerName }, spec.Users);
    }

    private static SessionFilter FilterOf(JobSpecDocument spec) => new()
    {
        CreatedFrom = spec.CreatedFrom,
        CreatedBefore = spec.CreatedBefore,
        LastSeenFrom = spec.LastSeenFrom,
        LastSeenBefore = spec.LastSeenBefore,
        Addresses = spec.Addresses?.Select(IPNetwork.Parse).ToArray(),
        UserAgentContains = spec.UserAgentContains,
        AssuranceBelow = spec.AssuranceBelow,
        MethodMissing = spec.MethodMissing,
        Client = spec.Client,
    };
}

internal sealed record JobSpecDocument
{
    // Ignored when it is the default, were it not required.
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required JobKind Kind { get; init; }

    public bool DryRun { get; init; }

    public string? Reason { get; init; }

    public required string CallerId { get; init; }

    public required string CallerName { get; init; }

    public int? Users { get; init; }

    public DateTimeOffset? CreatedFrom { get; init; }

    public DateTimeOffset? CreatedBefore { get; init; }

    public DateTimeOffset? LastSeenFrom { get; init; }

    public DateTimeOffset? LastSeenBefore { get; init; }

    public string[]? Addresses { get; init; }

    public string? UserAgentContains { get; init; }

    public AssuranceLevel? AssuranceBelow { get; init; }

    public string? MethodMissing { get; init; }

    public string? Client { get; init; }
}

// An unknown member is a condition that this version would not check.
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(JobSpecDocument))]
internal sealed partial class JobSpecJson : JsonSerializerContext;

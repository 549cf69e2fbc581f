using System.Text;
using System.Text.Json;
using SessionCore.Incidents;
using SessionCore.Sessions;
using SessionCore.Tests.Maintenance;
using Support;

namespace SessionCore.Tests.Incidents;

/// <summary>What the tests of jobs share: sessions with devices, and jobs that are worked on until they are finished.</summary>
public abstract class JobFixture : MaintenanceFixture
{
    protected static readonly SessionFilter OfCurl = new() { UserAgentContains = "CURL/" };

    protected static JobRequest Ask(JobKind kind, SessionFilter filter, bool dryRun = false) =>
        new(kind, filter) { DryRun = dryRun, Reason = kind is JobKind.Revoke ? "incident" : null, CallerId = "key:operator", CallerName = "operator" };

    protected static async Task<SessionId> CreateAsync(
        CoreHarness instance, string? userId, string? userAgent = null, string? address = null, AssuranceLevel? level = null, params IReadOnlyList<string> methods)
    {
        var creation = await instance.Sessions.CreateAsync(
            new NewSession { UserId = userId, Device = new SessionDevice(Label: null, userAgent, address), AssuranceLevel = level ?? AssuranceLevel.Aal1, AuthenticationMethods = methods },
            key: null,
            Never);
        return creation.Session.Live!.Id;
    }

    /// <summary>Creates a job a moment later, so that what was created before counts.</summary>
    protected async Task<SessionJob> StartAsync(CoreHarness instance, JobRequest request)
    {
        Time.Advance(TimeSpan.FromSeconds(1));
        return (await instance.Jobs.CreateAsync(request, Never))!;
    }

    protected async Task<SessionJob> RunAsync(CoreHarness instance, JobRequest request)
    {
        var job = await StartAsync(instance, request);
        await instance.Jobs.RunAsync(Never);
        return (await instance.Jobs.FindAsync(job.Id, Never))!;
    }

    protected static async Task<IReadOnlyList<string>> ResultAsync(CoreHarness instance, JobId id)
    {
        var sids = new List<string>();
        string? continuation = null;
        do
        {
            var page = await instance.Jobs.ReadResultAsync(id, continuation, Never);
            foreach (var line in Encoding.UTF8.GetString(page!.Lines.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                using var session = JsonDocument.Parse(line);
                sids.Add(session.RootElement.GetProperty("sid").GetString()!);
            }

            continuation = page.Continuation;
        }
        while (continuation is not null);

        return sids;
    }

    protected static async Task<bool> IsLiveAsync(CoreHarness instance, SessionId id) =>
        (await instance.Sessions.FindAsync(id, ReadConsistency.Strong, Never)).Live is not null;
}

using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Maintenance;

namespace SessionApi.Operations;

internal sealed class VerifyAudit(SessionMaintenance maintenance) : IOperationHandler
{
    private const int MaxFindings = 100;

    private static readonly QueryParameter User = RequestUser.Parameter with { Summary = "Limits the verification to this user.", IsRequired = false };

    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.VerifyAudit,
        Methods = [HttpMethods.Post],
        Route = "v1/operations/verify-audit",
        Group = "Operations",
        Access = Access.Service(Scopes.Operate),
        Summary = "Verifies the hash chains of the audit within a time budget: tells of records that were changed, removed or added. Joins a run in progress; the next run continues the rest.",
        Query = [User],
        Deadline = MaintenanceAnswers.Deadline,
        Answers = [new(StatusCodes.Status200OK, "Progress of the run, and what was found so far.", "AuditVerification")],
        Handler = typeof(VerifyAudit),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        if (!call.Http.Request.Query.ContainsKey(User.Name))
        {
            await TellAsync(call.Http, await maintenance.VerifyAuditAsync(RunStart.Demanded, cancellationToken), findings: null);
            return null;
        }

        if (!RequestUser.TryRead(call, out var partition))
        {
            return RequestUser.Refused;
        }

        var (counts, findings) = await maintenance.VerifyUserAuditAsync(partition, cancellationToken);
        await TellAsync(call.Http, new MaintenanceReport { IsFinished = true, Counts = counts }, findings);
        return null;
    }

    private static async Task TellAsync(HttpContext context, MaintenanceReport report, IReadOnlyList<AuditFinding>? findings)
    {
        using var buffer = new AnswerBuffer();
        await using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteBoolean("finished"u8, report.IsFinished);
            json.WriteNumber("chains"u8, report.Counts.GetValueOrDefault(MaintenanceCount.AuditChains));
            json.WriteNumber("records"u8, report.Counts.GetValueOrDefault(MaintenanceCount.AuditRecords));
            json.WriteNumber("actions"u8, report.Counts.GetValueOrDefault(MaintenanceCount.AuditActions));
            json.WriteNumber("altered"u8, report.Counts.GetValueOrDefault(MaintenanceCount.AuditAltered));
            json.WriteNumber("missing"u8, report.Counts.GetValueOrDefault(MaintenanceCount.AuditMissing));
            json.WriteNumber("apart"u8, report.Counts.GetValueOrDefault(MaintenanceCount.AuditApart));
            json.WriteNumber("heads"u8, report.Counts.GetValueOrDefault(MaintenanceCount.AuditHeads));
            if (findings is not null)
            {
                Write(json, findings);
            }

            json.WriteEndObject();
        }

        await Answer.JsonAsync(context, StatusCodes.Status200OK, buffer.Written);
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<AuditFinding> findings)
    {
        json.WriteStartArray("findings"u8);
        foreach (var finding in findings.Take(MaxFindings))
        {
            json.WriteStartObject();
            json.WriteString("fault"u8, JsonNamingPolicy.CamelCase.ConvertName(finding.Fault.ToString()));
            json.WriteNumber("number"u8, finding.Number);
            json.WriteNumber("count"u8, finding.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

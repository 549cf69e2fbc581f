using System.Text.RegularExpressions;

namespace Repository.Tests.Conventions;

/// <summary>What a row says counts only under its tag (decision 32): nobody reads a row past the class that checks it.</summary>
public sealed partial class GenuineRowsTests
{
    private const int LimitMilliseconds = 5000;

    // Kinds of rows that no tag protects: no promise rests on them, or, in those of jobs, what counts is sealed. See docs/threat-model.md.
    private static readonly string[] Untagged = ["EventNotice.cs", "JobResults.cs", "JobRow.cs", "LiveCount.cs", "MaintenanceLease.cs", "MaintenanceRuns.cs", "MaintenanceTally.cs", "Quarantine.cs"];
    private static readonly string[] Kinds = ["SessionRow.cs", "UserHead.cs", "DeploymentRow.cs", "IdempotencyClaims.cs", "KeyRow.cs", "EventRow.cs", "EventLogHead.cs", "EventLogRow.cs", "AuditHead.cs", "AuditRow.cs"];

    [Theory]
    [InlineData("SessionRow.Read", "GenuineRows.cs")]
    [InlineData("UserHead.Read", "GenuineRows.cs")]
    [InlineData("DeploymentRow.Read", "DeploymentTable.cs")]
    [InlineData("KeyRow.Read", "GenuineRows.cs")]
    [InlineData("EventRow.Read", "GenuineRows.cs")]
    [InlineData("EventLogHead.Read", "GenuineRows.cs")]
    [InlineData("AuditHead.Read", "GenuineRows.cs")]
    [InlineData("AuditRow.Read", "GenuineRows.cs")]
    public void A_row_is_read_by_the_class_that_checks_its_tag_alone(string read, string reader)
    {
        var use = new Regex($@"\b{Regex.Escape(read)}\b", RegexOptions.None, TimeSpan.FromMilliseconds(LimitMilliseconds));

        var uses = RepositoryFiles.LinesWhere(RepositoryFiles.Below("src", ".cs"), line => use.IsMatch(line) && !line.TrimStart().StartsWith("//", StringComparison.Ordinal));

        Assert.NotEmpty(uses);
        Assert.All(uses, line => Assert.Contains($"/{reader}:", line, StringComparison.Ordinal));
    }

    [Fact]
    public void No_property_of_a_row_is_read_outside_the_classes_of_the_rows()
    {
        var allowed = Untagged.Concat(Kinds).Select(name => $"/{name}").ToArray();

        var others = RepositoryFiles.LinesWhere(
            RepositoryFiles.Below("src", ".cs").Where(path => !Array.Exists(allowed, name => path.EndsWith(name, StringComparison.Ordinal))),
            line => Property().IsMatch(line) && !line.Contains("GetBinary(RowTags.Name)", StringComparison.Ordinal));

        Offenders.None(others);
    }

    [Theory]
    [InlineData("row.GetTime(\"auth\")", true)]
    [InlineData("found?.GetInt64(CountName)", true)]
    [InlineData("document.GetString()", false)]
    [InlineData("Encoding.UTF8.GetString(bytes)", false)]
    public void The_rule_of_properties_tells_them_apart(string line, bool isProperty) => Assert.Equal(isProperty, Property().IsMatch(line));

    [GeneratedRegex(@"\b(?:row|entry|found|record|head)\??\.Get(?:String|Binary|Int64|Boolean|Time)\(", RegexOptions.IgnoreCase, LimitMilliseconds)]
    private static partial Regex Property();
}

using System.Text.RegularExpressions;

namespace Repository.Tests.Conventions;

/// <summary>What the house style asks of every source file, and no analyzer sees.</summary>
public sealed partial class SourceTests
{
    private const int LimitMilliseconds = 5000;
    private const int MostLinesOfAFurtherType = 70;

    [Fact]
    public void Every_public_class_of_the_product_is_sealed_or_static()
    {
        var open = RepositoryFiles.LinesWhere(
            RepositoryFiles.Below("src", ".cs"),
            line => PublicClass().IsMatch(line) && !Closed().IsMatch(line));

        Offenders.None(open);
    }

    // Outcomes, enums and rows of one class stand below it: nobody opens a file to find five lines.
    [Fact]
    public void Every_file_has_one_concept()
    {
        var crowded = RepositoryFiles.Below(string.Empty, ".cs")
            .SelectMany(path => FurtherTypesOf(path).Where(type => type.Lines > MostLinesOfAFurtherType).Select(type => $"{path}: {type.Text} ({type.Lines} lines)"));

        Offenders.None(crowded);
    }

    [Fact]
    public void Every_event_id_is_used_once()
    {
        var twice = RepositoryFiles.Below("src", ".cs")
            .SelectMany(path => EventId().Matches(RepositoryFiles.Read(path)).Select(match => (Id: match.Groups["id"].Value, Path: path)))
            .GroupBy(use => use.Id, StringComparer.Ordinal)
            .Where(uses => uses.Count() > 1)
            .Select(uses => $"{uses.Key}: {string.Join(", ", uses.Select(use => use.Path))}");

        Offenders.None(twice);
    }

    [Fact]
    public void Every_clock_has_one_name()
    {
        var others = RepositoryFiles.LinesWhere(RepositoryFiles.Below("src", ".cs"), line => OddClock().IsMatch(line));

        Offenders.None(others);
    }

    [Fact]
    public void No_row_is_written_unconditionally()
    {
        var unconditional = RepositoryFiles.LinesWhere(
            [.. RepositoryFiles.Below("src/SessionCore", ".cs"), .. RepositoryFiles.Below("src/SessionFunctions", ".cs")],
            line => Unconditional().IsMatch(line));

        Offenders.None(unconditional);
    }

    [Fact]
    public void No_test_is_skipped()
    {
        var skipped = RepositoryFiles.LinesWhere(RepositoryFiles.Below("tests", ".cs"), line => Skipped().IsMatch(line));

        Offenders.None(skipped);
    }

    [Theory]
    [InlineData("public class Session", true)]
    [InlineData("    public partial class Session", true)]
    [InlineData("public record Session(int A)", true)]
    [InlineData("public sealed class Session", false)]
    [InlineData("public sealed partial record Session", false)]
    [InlineData("public static class Session", false)]
    [InlineData("public readonly record struct SessionId", false)]
    [InlineData("/// every public class of it", false)]
    public void The_rule_of_sealed_classes_tells_them_apart(string line, bool isOpen) =>
        Assert.Equal(isOpen, PublicClass().IsMatch(line) && !Closed().IsMatch(line));

    [Theory]
    [InlineData("table.UpdateEntity(row, ETag.All)", true)]
    [InlineData("await table.UpsertEntityAsync(row)", true)]
    [InlineData("""request.Headers.Add("If-Match", "*");""", true)]
    [InlineData("""request.Headers.Add("If-Match", etag);""", false)]
    public void The_rule_of_conditional_writes_tells_them_apart(string line, bool isUnconditional) =>
        Assert.Equal(isUnconditional, Unconditional().IsMatch(line));

    private static IEnumerable<(string Text, int Lines)> FurtherTypesOf(string path)
    {
        var lines = File.ReadAllLines(RepositoryFiles.FullPath(path));
        int[] starts = [.. Enumerable.Range(0, lines.Length).Where(i => TopLevelType().IsMatch(lines[i])), lines.Length];
        return Enumerable.Range(0, starts.Length - 1).Skip(1).Select(i => (lines[starts[i]], starts[i + 1] - starts[i]));
    }

    [GeneratedRegex(@"^\s*public\s+(?:\w+\s+)*(?:class|record)\s", RegexOptions.None, LimitMilliseconds)]
    private static partial Regex PublicClass();

    [GeneratedRegex(@"\b(?:sealed|static|struct)\b", RegexOptions.None, LimitMilliseconds)]
    private static partial Regex Closed();

    [GeneratedRegex(@"^(?:(?:public|internal|file|sealed|static|abstract|partial|readonly|ref|unsafe)\s+)*(?:class|struct|interface|enum|record|delegate)\s", RegexOptions.None, LimitMilliseconds)]
    private static partial Regex TopLevelType();

    [GeneratedRegex(@"LoggerMessage\(\s*(?:EventId = )?(?<id>\d+)", RegexOptions.None, LimitMilliseconds)]
    private static partial Regex EventId();

    [GeneratedRegex(@"\bTimeProvider\s+(?!timeProvider\b|_timeProvider\b|TimeProvider\b)[a-z_]\w*", RegexOptions.None, LimitMilliseconds)]
    private static partial Regex OddClock();

    [GeneratedRegex(@"\bETag\.All\b|\bUpsertEntity|\bInsertOr(?:Replace|Merge)\b|If-?Match.*""\*""", RegexOptions.None, LimitMilliseconds)]
    private static partial Regex Unconditional();

    [GeneratedRegex(@"\bSkip(?:When|Unless)?\s*=\s|\bAssert\.Skip", RegexOptions.None, LimitMilliseconds)]
    private static partial Regex Skipped();
}

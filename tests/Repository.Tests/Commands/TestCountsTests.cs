using Dev.Testing;

namespace Repository.Tests.Commands;

public sealed class TestCountsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("test-counts-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(5, 5, 5, 0, 5, 0, 0)]
    [InlineData(5, 4, 4, 0, 4, 0, 1)]
    [InlineData(5, 5, 3, 1, 3, 2, 0)]
    [InlineData(0, 0, 0, 0, 0, 0, 0)]
    public void A_report_is_counted(int total, int executed, int passed, int exitCode, int expectedPassed, int expectedFailed, int expectedSkipped) =>
        Assert.Equal(new TestCounts(expectedPassed, expectedFailed, expectedSkipped), TestCounts.Read(Report(total, executed, passed), exitCode));

    [Fact]
    public void A_run_that_broke_off_after_passing_tests_failed() =>
        Assert.Equal(new TestCounts(Passed: 3, Failed: 1, Skipped: 0), TestCounts.Read(Report(total: 3, executed: 3, passed: 3), exitCode: 1));

    [Fact]
    public void A_run_without_a_report_failed() =>
        Assert.Equal(new TestCounts(Passed: 0, Failed: 1, Skipped: 0), TestCounts.Read(Path.Combine(_folder.FullName, "absent.trx"), exitCode: 1));

    [Theory]
    [InlineData("<testcase/><testcase/>", 0, 2, 0, 0)]
    [InlineData("<testcase/><testcase><failure/></testcase><testcase><error/></testcase>", 1, 1, 2, 0)]
    [InlineData("<testcase/><testcase><skipped/></testcase>", 0, 1, 0, 1)]
    [InlineData("<testsuite><testsuite><testcase/></testsuite></testsuite>", 0, 1, 0, 0)]
    [InlineData("<testcase/>", 1, 1, 1, 0)]
    [InlineData("", 1, 0, 1, 0)]
    public void A_report_of_a_suite_is_counted(string tests, int exitCode, int passed, int failed, int skipped)
    {
        var path = Path.Combine(_folder.FullName, "report.xml");
        File.WriteAllText(path, $"<testsuites>{tests}</testsuites>");

        Assert.Equal(new TestCounts(passed, failed, skipped), TestCounts.ReadJUnit(path, exitCode));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_suite_without_a_report_failed_whatever_its_exit_code(int exitCode) =>
        Assert.Equal(new TestCounts(Passed: 0, Failed: 1, Skipped: 0), TestCounts.ReadJUnit(Path.Combine(_folder.FullName, "absent.xml"), exitCode));

    [Fact]
    public void A_suite_whose_report_breaks_off_failed()
    {
        var path = Path.Combine(_folder.FullName, "half.xml");
        File.WriteAllText(path, "<testsuites><testcase/>");

        Assert.Equal(new TestCounts(Passed: 0, Failed: 1, Skipped: 0), TestCounts.ReadJUnit(path, exitCode: 0));
    }

    [Fact]
    public void Counts_add_up() => Assert.Equal(new TestCounts(11, 22, 33), new TestCounts(1, 2, 3) + new TestCounts(10, 20, 30));

    private string Report(int total, int executed, int passed)
    {
        var path = Path.Combine(_folder.FullName, "report.trx");
        File.WriteAllText(
            path,
            $"""
            <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
              <ResultSummary><Counters total="{total}" executed="{executed}" passed="{passed}" failed="0" notExecuted="0" /></ResultSummary>
            </TestRun>
            """);
        return path;
    }
}

using Dev.Testing;

namespace Repository.Tests.Commands;

public sealed class FailedTestTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("failed-tests-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_failed_is_named_with_its_message_from_both_kinds_of_report()
    {
        Write(
            "Some.Tests.trx",
            """
            <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
              <Results>
                <UnitTestResult testName="A.Passes" outcome="Passed" />
                <UnitTestResult testName="A.Waits" outcome="NotExecuted" />
                <UnitTestResult testName="A.Fails" outcome="Failed">
                  <Output><ErrorInfo><Message>Assert.Equal() Failure&#10;Expected: 1&#10;Actual:   2</Message></ErrorInfo></Output>
                </UnitTestResult>
              </Results>
            </TestRun>
            """);
        Write("typescript.xml", """<testsuites><testcase name="passes"/><testcase name="fails"><failure message="no"/></testcase></testsuites>""");

        Assert.Equal(
            [
                new FailedTest("Some.Tests", "A.Fails", "      Assert.Equal() Failure\n      Expected: 1\n      Actual:   2"),
                new FailedTest("typescript", "fails", "      no"),
            ],
            FailedTest.ReadAll(_folder.FullName));
    }

    [Fact]
    public void A_report_that_breaks_off_names_none()
    {
        Write("half.xml", "<testsuites><testcase/>");

        Assert.Empty(FailedTest.ReadAll(_folder.FullName));
    }

    [Fact]
    public void Without_reports_nothing_failed() => Assert.Empty(FailedTest.ReadAll(Path.Combine(_folder.FullName, "absent")));

    private void Write(string name, string content) => File.WriteAllText(Path.Combine(_folder.FullName, name), content);
}

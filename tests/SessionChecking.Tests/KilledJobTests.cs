using SessionChecking.Jobs;
using Xunit.Abstractions;

namespace SessionChecking.Tests;

/// <summary>The small form of <c>dotnet dev.cs check --jobs N</c>.</summary>
public sealed class KilledJobTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_job_whose_processes_are_killed_ends_exactly_what_fits_once()
    {
        await using var proof = await KilledJob.CreateAsync(sessions: 600);

        var report = await proof.RunAsync(kills: 3, longestLife: TimeSpan.FromMilliseconds(400));

        output.WriteLine(report.ToString());
        Assert.Empty(report.Faults);
        Assert.Equal(60, report.Wanted);
    }
}

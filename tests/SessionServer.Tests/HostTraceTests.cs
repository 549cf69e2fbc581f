using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace SessionServer.Tests;

/// <summary>What the host's own activities tell of a request, since telemetry is exported with them.</summary>
public sealed class HostTraceTests
{
    [Fact]
    public async Task No_activity_of_the_host_tells_a_query_a_credential_or_a_user_agent()
    {
        var told = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => told.Enqueue(
                $"{activity.OperationName} {activity.DisplayName} {string.Join(' ', activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"))}"),
        };
        ActivitySource.AddActivityListener(listener);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.MapGet("/{**path}", static (HttpContext context) => context.Response.WriteAsync("ok"));
        await app.StartAsync();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{app.Urls.First()}/api/v1/sessions?userId=canary-query");
        request.Headers.TryAddWithoutValidation("User-Agent", "canary-agent");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer canary-credential");

        using var answer = await http.SendAsync(request);
        await app.StopAsync();

        Assert.Contains(told, text => text.StartsWith("Microsoft.AspNetCore.Hosting.HttpRequestIn", StringComparison.Ordinal));
        Assert.All(told, text => Assert.False(text.Contains("canary", StringComparison.Ordinal), text));
    }
}

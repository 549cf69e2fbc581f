using SessionFunctions.Client;

namespace SessionClient.Tests;

/// <summary>Many introspections at once against the host: each caller gets the session of its own token.</summary>
[Collection(nameof(RunningApi))]
public sealed class ManyIntrospectionsTests(RunningApi api)
{
    private const int Sessions = 60;
    private const int Callers = 200;
    private const int EachAsks = 25;

    [Fact]
    public async Task Each_of_thousands_gets_its_own_session()
    {
        await using var proxy = await api.StartProxyAsync();
        await using var client = new TestedClient(RunningApi.AddressOf(proxy.Port), api.ServiceKey);
        var live = new List<IssuedSession>();
        for (var i = 0; i < Sessions; i++)
        {
            live.Add(await client.Sessions.CreateAsync(new NewSession { UserId = RunningApi.NewUser() }));
        }

        var ended = live[0];
        await client.Sessions.RevokeAsync(ended.Sid);
        var before = proxy.Calls;

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => AskAsync(client.Sessions, live, ended, new Random(caller)))));

        // Fewer calls than introspections: they were shared.
        Assert.InRange(proxy.Calls - before, 1, Callers * EachAsks / 2);
    }

    [Fact]
    public async Task Introspections_that_are_shared_are_as_they_are_alone()
    {
        await using var client = new TestedClient(api.Address, api.ServiceKey);
        var issued = await client.Sessions.CreateAsync(new NewSession { UserId = RunningApi.NewUser(), AuthenticationMethods = ["pwd"] });
        var alone = await client.Sessions.IntrospectAsync(issued.Token, new IntrospectionOptions { Consistency = ReadConsistency.Cached });
        var options = new IntrospectionOptions { Touch = false, IpAddress = "192.0.2.7", Requires = new SignInRequirement { Methods = ["hwk"] } };

        var asked = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => client.Sessions.IntrospectAsync(issued.Token, i % 2 == 0 ? null : options)));

        foreach (var (i, shared) in asked.Index())
        {
            Assert.Equal((issued.Sid, alone.Session!.ETag, alone.Session.UserId), (shared.Session!.Sid, shared.Session.ETag, shared.Session.UserId));
            Assert.Equal(i % 2 == 0 ? null : ["hwk"], shared.Insufficient?.Methods);
        }
    }

    private static async Task AskAsync(SessionsClient sessions, List<IssuedSession> live, IssuedSession ended, Random random)
    {
        for (var i = 0; i < EachAsks; i++)
        {
            var own = live[random.Next(live.Count)];
            using var source = new CancellationTokenSource();

            // What a caller thinks to know may be another's: all have the same version.
            var known = random.Next(2) == 0 ? null : new IntrospectionOptions { Known = live[random.Next(live.Count)].Session };
            var asked = sessions.IntrospectAsync(own.Token, known, source.Token);
            if (random.Next(10) == 0)
            {
                await source.CancelAsync();
            }

            try
            {
                var answer = await asked;
                Assert.Equal(own == ended ? null : own.Sid, answer.Session?.Sid);
                Assert.Equal(own != ended, answer.Active);
            }
            catch (OperationCanceledException)
            {
                Assert.True(source.IsCancellationRequested);
            }
        }
    }
}

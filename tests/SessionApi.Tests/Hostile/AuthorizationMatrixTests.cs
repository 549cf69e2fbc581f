using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Operations;

namespace SessionApi.Tests.Hostile;

/// <summary>Every caller kind and scope against every operation, on the own, a foreign and an unknown session: nothing passes that the table does not grant.</summary>
public sealed class AuthorizationMatrixTests
{
    private const string Unknown = "ses_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Callers => [.. ScopeNames.All, "user", "nobody", "ended user", "expired key"];

    [Theory]
    [MemberData(nameof(Callers))]
    public async Task A_caller_passes_exactly_where_the_table_grants_it(string caller)
    {
        foreach (var operation in OperationTable.All)
        {
            foreach (var method in operation.Methods)
            {
                foreach (var target in new[] { "own", "foreign", "unknown" })
                {
                    await TryAsync(caller, operation, method, target);
                }
            }
        }
    }

    private static async Task TryAsync(string caller, Operation operation, string method, string target)
    {
        await using var api = Arrange();
        var (own, token) = await api.CreateAsync("""{"userId":"alice"}""");
        var (foreign, _) = await api.CreateAsync("""{"userId":"bob"}""");
        var sid = target switch { "own" => own, "foreign" => foreign, _ => Unknown };

        var answer = await SendAsync(api, operation, method, sid, await CredentialAsync(api, caller, token, own));

        AssertGranted(operation, caller, target == "own", answer);
        if (operation.Access!.Kind is CallerKind.User)
        {
            // Whatever alice tries, bob's session is there.
            Assert.Equal(200, (await api.SendAsync("HEAD", $"/api/v1/sessions/{foreign}")).Status);
        }
    }

    private static void AssertGranted(Operation operation, string caller, bool isOwn, ApiAnswer answer)
    {
        var what = $"{caller} on {operation.Name}: {answer.Status} {answer.Body}";
        var access = operation.Access!;
        var granted = access.Kind switch
        {
            CallerKind.Anyone => true,
            CallerKind.User => caller == "user",
            _ => ScopeNames.All.Contains(caller) && access.AnyOf.Any(scope => IsGrantedBy(caller, scope)),
        };
        if (!granted)
        {
            // A user who has already signed out gets the idempotent success; nothing else is revealed.
            var signedOut = caller == "ended user" && answer.Status == 204;
            Assert.True(answer.Status is 401 or 403 || signedOut, what);
            return;
        }

        Assert.True(answer.Status is not (401 or 403), what);
        if (access.Kind is CallerKind.User && operation.Route.Contains("{sid}", StringComparison.Ordinal) && !isOwn)
        {
            Assert.True(answer.Status == 404, what);
        }
    }

    // An operator may do what support may.
    private static bool IsGrantedBy(string caller, Scopes scope) =>
        ScopeNames.Of(scope) == caller || (scope is Scopes.Support && caller == ScopeNames.Of(Scopes.Operate));

    private static ApiFixture Arrange()
    {
        var settings = new Dictionary<string, string?>();
        foreach (var (i, scope) in ScopeNames.All.Append("expired").Index())
        {
            var key = Keys[scope];
            foreach (var (name, value) in ApiFixture.KeyEntry(
                         i + 1, key, scope == "expired" ? ApiFixture.AllScopes : scope, scope == "expired" ? Noon.AddSeconds(1) : Noon.AddDays(20)))
            {
                settings[name] = value;
            }
        }

        var api = new ApiFixture(settings);
        api.Clock.Advance(TimeSpan.FromSeconds(2));
        return api;
    }

    private static readonly Dictionary<string, ServiceKey> Keys = ScopeNames.All.Append("expired")
        .ToDictionary(name => name, name => ServiceKey.New(name.Replace('.', '-')), StringComparer.Ordinal);

    private static async Task<string?> CredentialAsync(ApiFixture api, string caller, string token, string own)
    {
        switch (caller)
        {
            case "user":
                return token;
            case "nobody":
                return null;
            case "ended user":
                await api.SendAsync("DELETE", $"/api/v1/sessions/{own}");
                return token;
            case "expired key":
                return Keys["expired"].Reveal();
            default:
                return Keys[caller].Reveal();
        }
    }

    private static Task<ApiAnswer> SendAsync(ApiFixture api, Operation operation, string method, string sid, string? credential)
    {
        var target = "/api/" + operation.Route.Replace("{sid}", sid, StringComparison.Ordinal).Replace("{key}", sid[4..], StringComparison.Ordinal);
        if (operation.Query.Any(parameter => parameter.Name == "userId") && operation.Route == "v1/sessions")
        {
            target += "?userId=alice";
        }

        (string, string)[] headers = credential is null ? [] : [("Authorization", "Bearer " + credential)];
        if (operation.IsOAuth)
        {
            return api.SendRawAsync(method, target, "token=x", [("Content-Type", "application/x-www-form-urlencoded"), .. headers]);
        }

        return api.SendRawAsync(method, target, operation.RequestSchema is null ? null : "{}", headers);
    }
}

using System.Globalization;
using SessionChaos.Processes;
using SessionChecking.Histories;
using Support.Http;

namespace SessionChaos.Load;

/// <summary>Makes the calls of one client to the instance of its slot, and writes down what was asked and answered.</summary>
internal sealed class ApiCaller(ServerSlot slot, int client)
{
    // A client of one instance is another client at the next: it is promised nothing of what it knew before.
    private const int ClientsOfAnInstance = 1000;

    private ServerSlot.Running _running = slot.Now;

    private int Client => (_running.Instance * ClientsOfAnInstance) + client;

    /// <summary>Goes to the instance that runs in the slot now; true when it is another than before.</summary>
    public bool Follow()
    {
        var before = _running;
        _running = slot.Now;
        return before != _running;
    }

    public async Task CreateAsync(UserGroup group, string? userId, string? key, int idleSeconds)
    {
        var mark = key is null ? group.NextMark("c") : $"{key}-{userId ?? "nobody"}";
        var call = New(CallKind.Create, userId: userId, mark: mark, key: key);
        var user = userId is null ? "" : $"\"userId\":\"{userId}\",";
        var body = string.Create(CultureInfo.InvariantCulture, $"{{{user}\"data\":{{\"by\":\"{mark}\"}},\"idleTimeoutSeconds\":{idleSeconds}}}");
        (string, string)[] headers = key is null ? [] : [("Idempotency-Key", key)];
        await SendAsync(group, call, api => api.ServiceAsync("POST", "/v1/sessions", body, headers));
        LearnFrom(group, call, mark);
    }

    public Task ValidateAsync(UserGroup group, HeldSession session, string token, bool isStrong, bool touch)
    {
        var call = New(CallKind.Validate, session.Sid, token, isStrong: isStrong);
        var body = $"{{\"token\":\"{token}\",\"touch\":{(touch ? "true" : "false")}}}";
        return SendAsync(group, call, api => api.ServiceAsync("POST", "/v1/sessions/introspect", body, Consistency(isStrong)));
    }

    public Task FindAsync(UserGroup group, HeldSession session, bool isStrong) => SendAsync(
        group, New(CallKind.Find, session.Sid, isStrong: isStrong), api => api.ServiceAsync("GET", $"/v1/sessions/{session.Sid}", null, Consistency(isStrong)));

    public Task TouchAsync(UserGroup group, HeldSession session) => SendAsync(
        group, New(CallKind.Touch, session.Sid), api => api.ServiceAsync("POST", $"/v1/sessions/{session.Sid}/touch", "{}"));

    public Task ReplaceDataAsync(UserGroup group, HeldSession session)
    {
        var call = New(CallKind.ReplaceData, session.Sid, mark: group.NextMark("r"));
        var body = $"{{\"by\":\"{session.Mark}\",\"put\":\"{call.Mark}\"}}";
        return SendAsync(group, call, api => api.ServiceAsync("PUT", $"/v1/sessions/{session.Sid}/data", body));
    }

    public Task MergeDataAsync(UserGroup group, HeldSession session)
    {
        var call = New(CallKind.MergeData, session.Sid, mark: group.NextMark("m"));
        return SendAsync(group, call, api => api.ServiceAsync("PATCH", $"/v1/sessions/{session.Sid}/data", $"{{\"{call.Mark}\":1}}"));
    }

    public Task SetExpiryAsync(UserGroup group, HeldSession session)
    {
        const int Least = 700;
        var call = New(CallKind.SetExpiry, session.Sid, idleSeconds: Least + group.NextNumber());
        var body = string.Create(CultureInfo.InvariantCulture, $"{{\"idleTimeoutSeconds\":{call.IdleSeconds}}}");
        return SendAsync(group, call, api => api.ServiceAsync("PUT", $"/v1/sessions/{session.Sid}/expiry", body));
    }

    public async Task RotateAsync(UserGroup group, HeldSession session)
    {
        var call = New(CallKind.Rotate, session.Sid);
        await SendAsync(group, call, api => api.ServiceAsync("POST", $"/v1/sessions/{session.Sid}/rotate", "{}"));
        LearnFrom(group, call, session.Mark);
    }

    public async Task RotateOwnAsync(UserGroup group, HeldSession session, string token)
    {
        var call = New(CallKind.RotateOwn, session.Sid, token);
        await SendAsync(group, call, api => api.UserAsync(token, "POST", "/v1/session/rotate"));
        LearnFrom(group, call, session.Mark);
    }

    public async Task UpgradeAsync(UserGroup group, HeldSession session)
    {
        var call = New(CallKind.Upgrade, session.Sid, userId: group.UserId, mark: session.Mark);
        await SendAsync(group, call, api => api.ServiceAsync("POST", $"/v1/sessions/{session.Sid}/rotate", $"{{\"userId\":\"{group.UserId}\"}}"));
        LearnFrom(group, call, session.Mark);
    }

    public Task RevokeAsync(UserGroup group, HeldSession session)
    {
        var call = New(CallKind.Revoke, session.Sid, mark: group.NextMark("e"));
        return SendAsync(group, call, api => api.ServiceAsync("DELETE", $"/v1/sessions/{session.Sid}?reason={call.Mark}"));
    }

    public Task RevokeAllAsync(UserGroup group)
    {
        var call = New(CallKind.RevokeAll, userId: group.UserId, mark: group.NextMark("a"));
        return SendAsync(group, call, api => api.ServiceAsync("DELETE", $"/v1/sessions?userId={group.UserId}&reason={call.Mark}"));
    }

    public Task CountAsync(UserGroup group, bool isStrong) => SendAsync(
        group,
        New(CallKind.Count, userId: group.UserId, isStrong: isStrong),
        api => api.ServiceAsync("GET", $"/v1/sessions?userId={group.UserId}&countOnly=true", null, Consistency(isStrong)));

    public Task ListAsync(UserGroup group)
    {
        var call = New(CallKind.List, userId: group.UserId);
        return SendAsync(group, call, async api =>
        {
            var path = $"/v1/sessions?userId={group.UserId}&pageSize=3";
            var page = await api.ServiceAsync("GET", path);
            while ((int)page.Status == 200 && page.Json.TryGetProperty("continuation", out var continuation))
            {
                call.Answers.Add(page);
                page = await api.ServiceAsync("GET", $"{path}&continuation={continuation.GetString()}");
            }

            return page;
        });
    }

    private static (string, string)[] Consistency(bool isStrong) => isStrong ? [("Session-Consistency", "strong")] : [];

    private static void LearnFrom(UserGroup group, RawCall call, string mark)
    {
        if (call.Status is 200 or 201 && call.Answer is { } answer)
        {
            group.Learn(answer.TextOf("sid"), answer.TextOf("token"), mark);
        }
    }

    private RawCall New(
        CallKind kind, string? sid = null, string? token = null, string? userId = null, string? mark = null, string? key = null, int? idleSeconds = null, bool isStrong = false) =>
        new()
        {
            Kind = kind,
            Client = Client,
            Instance = _running.Instance,
            Sid = sid,
            Token = token,
            UserId = userId,
            Mark = mark,
            Key = key,
            IdleSeconds = idleSeconds,
            IsStrong = isStrong,
        };

    private async Task SendAsync(UserGroup group, RawCall call, Func<ApiClient, Task<ApiAnswer>> send)
    {
        group.Add(call);
        try
        {
            call.Answers.Add(await send(_running.Api));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            // The connection broke or nothing came: the client knows nothing, and what it asked may still happen.
            call.Failure = e;
        }

        call.End = TimeProvider.System.GetTimestamp();
    }
}

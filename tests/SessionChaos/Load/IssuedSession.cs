using Support.Http;

namespace SessionChaos.Load;

/// <summary>
/// A session and its promise: live until a call starts to end it, ended from the acknowledgement or its effective time.
/// </summary>
internal sealed class IssuedSession(string sid, string token)
{
    private long _endBegan = long.MaxValue;
    private DateTimeOffset _endedFrom = DateTimeOffset.MaxValue;
    private readonly Lock _lock = new();

    /// <summary>Gets its id.</summary>
    public string Sid => sid;

    /// <summary>Asks whether it is live, and judges the answer.</summary>
    public async Task<PacedAnswer> ValidateAsync(ApiClient api)
    {
        var startedAt = TimeProvider.System.GetUtcNow();
        try
        {
            var answer = await api.ServiceAsync("POST", "/v1/sessions/introspect", $"{{\"token\":\"{token}\",\"touch\":false}}");
            return (int)answer.Status switch
            {
                200 => IsRight(answer.Json.GetProperty("active").GetBoolean(), startedAt) ? PacedAnswer.Right : PacedAnswer.Wrong,
                503 => PacedAnswer.Later,
                _ => PacedAnswer.Wrong,
            };
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            return PacedAnswer.None;
        }
    }

    /// <summary>Ends it.</summary>
    public async Task<PacedAnswer> RevokeAsync(ApiClient api)
    {
        lock (_lock)
        {
            _endBegan = Math.Min(_endBegan, TimeProvider.System.GetTimestamp());
        }

        try
        {
            var answer = await api.ServiceAsync("DELETE", $"/v1/sessions/{sid}");
            var from = (int)answer.Status switch
            {
                204 => TimeProvider.System.GetUtcNow(),
                202 => answer.Json.GetProperty("effectiveBy").GetDateTimeOffset(),
                _ => DateTimeOffset.MaxValue,
            };
            lock (_lock)
            {
                _endedFrom = from < _endedFrom ? from : _endedFrom;
            }

            return (int)answer.Status switch
            {
                204 or 202 => PacedAnswer.Right,
                503 => PacedAnswer.Later,
                _ => PacedAnswer.Wrong,
            };
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            return PacedAnswer.None;
        }
    }

    private bool IsRight(bool isActive, DateTimeOffset startedAt)
    {
        lock (_lock)
        {
            return isActive ? startedAt < _endedFrom : _endBegan < long.MaxValue;
        }
    }
}

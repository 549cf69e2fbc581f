namespace SessionCore.Sessions;

/// <summary>Time after a written touch during which further activity is not written.</summary>
internal static class TouchSlack
{
    /// <summary>Returns the slack of a session: a tenth of its idle timeout, at least a minute, at most half the timeout.</summary>
    public static TimeSpan Of(TimeSpan idleTimeout)
    {
        var tenth = idleTimeout / 10;
        var slack = tenth < TimeSpan.FromMinutes(1) ? TimeSpan.FromMinutes(1) : tenth;
        return slack < idleTimeout / 2 ? slack : idleTimeout / 2;
    }
}

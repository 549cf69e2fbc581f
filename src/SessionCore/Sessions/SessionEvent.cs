namespace SessionCore.Sessions;

/// <summary>Event: tells of one committed change. It holds no token, no claims and no data of the session.</summary>
/// <param name="Id">The unique id; a repeated delivery has the same.</param>
/// <param name="Type">One of <see cref="SessionEventTypes"/>.</param>
/// <param name="At">When the change was made.</param>
/// <param name="Subject">The sid; null for an event of a user or of the deployment.</param>
/// <param name="DataJson">A minified UTF-8 JSON object with the details.</param>
public sealed record SessionEvent(string Id, string Type, DateTimeOffset At, string? Subject, ReadOnlyMemory<byte> DataJson);

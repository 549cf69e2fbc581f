namespace SessionApi.Callers;

/// <summary>A service that has shown who it is.</summary>
/// <param name="Id">A name that is stable over key rotations and unique over all kinds of credential.</param>
/// <param name="Scopes">What it may do.</param>
internal sealed record Caller(string Id, Scopes Scopes);

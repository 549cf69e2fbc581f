namespace Bench.Runner.Loads;

/// <summary>A session that the bench made: its public id and its token.</summary>
internal readonly record struct OurSession(string Sid, string Token);

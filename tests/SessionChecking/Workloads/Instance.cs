using SessionCore.Operations;

namespace SessionChecking.Workloads;

/// <summary>One instance of the service.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Offset">How far its clock is ahead of true time.</param>
/// <param name="Sessions">Its way in.</param>
/// <param name="Services">What is behind it.</param>
internal sealed record Instance(int Number, TimeSpan Offset, SessionService Sessions, IServiceProvider Services);

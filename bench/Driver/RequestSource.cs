namespace Bench.Driver;

/// <summary>
/// Gives the bytes of the request with this number, counted from 0 over the whole run. Empty memory means that there are no more, and
/// the run ends. Called on the driver's thread only; the bytes must stay as they are until the next call.
/// </summary>
/// <param name="index">The number of the request.</param>
public delegate ReadOnlyMemory<byte> RequestSource(long index);

namespace Bench.Driver;

/// <summary>Sees the whole head and body of every answer that had the expected status, for example to gather tokens.</summary>
/// <param name="index">The number of the request that is answered.</param>
/// <param name="head">Status line and headers, without the empty line.</param>
/// <param name="body">The body; a chunked body still has its chunk frames.</param>
public delegate void ResponseObserver(long index, ReadOnlySpan<byte> head, ReadOnlySpan<byte> body);

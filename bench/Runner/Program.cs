using Bench.Runner;

if (BenchOptions.Parse(args) is not { } options)
{
    await Console.Error.WriteLineAsync(BenchOptions.Usage);
    return 2;
}

if (options.UnmatchedOnly is { } unmatched)
{
    await Console.Error.WriteLineAsync(
        $"--only {unmatched}: no contest and no probe has a name that contains it. The names:\n  {string.Join("\n  ", BenchOptions.Names)}");
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    // The servers are stopped in order before the process ends.
    pressed.Cancel = true;
    stop.Cancel();
};
return await BenchRun.RunAsync(options, Console.Out, stop.Token);

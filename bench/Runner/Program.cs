using Bench.Runner;

if (BenchOptions.Parse(args) is not { } options)
{
    await Console.Error.WriteLineAsync(BenchOptions.Usage);
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

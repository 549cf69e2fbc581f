using FunctionsHost;

if (HostArguments.Parse(args) is not { } arguments)
{
    await Console.Error.WriteLineAsync(HostArguments.Usage);
    return 2;
}

await using var host = await WorkerHost.StartAsync(arguments.App, arguments.Port, Console.WriteLine, CancellationToken.None);
await host.WaitForShutdownAsync();
return 0;

using System.Diagnostics;
using System.Globalization;
using SessionChecking.Events;
using SessionChecking.Jobs;
using SessionChecking.Passports;
using SessionChecking.Running;
using SessionChecking.Workloads;
using Support.Caching;

const string Redis = "--redis";
const string Passports = "--passports";
const int Default = 20_000;
var isOnRedis = args.Contains(Redis);
args = [.. args.Where(argument => argument != Redis)];
if (args.Contains(Passports))
{
    return await PassportCheck.RunAsync(Number(Passports), Number("--seed"), Console.Out);
}

if (Number("--events") is { } ofEvents)
{
    return await EventCheck.RunAsync(ofEvents, Number("--seed"), Console.Out);
}

var histories = Number("--histories");
var seed = Number("--seed");
if (Number("--jobs") is { } sessions)
{
    await using var proof = await KilledJob.CreateAsync((int)Math.Min(sessions, KilledJob.MostSessions));
    var killed = await proof.RunAsync(kills: 10, longestLife: TimeSpan.FromSeconds(5));
    Console.WriteLine(killed);
    return killed.Faults.Count == 0 ? 0 : 1;
}

var fault = Fault(out var isFaultKnown);
if (args.Length % 2 != 0 || !isFaultKnown || (histories is null && seed is null && fault is null && args.Length > 0))
{
    await Console.Error.WriteLineAsync("Usage: --jobs N ends some of N sessions by a job whose process is killed ten times; --histories N [--seed S] runs N histories from seed S on; --seed S shows that one history; --fault NAME plants a fault; --redis takes the steps of the cache by the scripts of a real Redis; --passports N [--seed S] runs N histories of passports instead; --events N [--seed S] runs N histories of events instead.");
    return 2;
}

await using var scripts = isOnRedis ? await RedisScriptServer.StartAsync() : null;
if (histories is null && seed is { } shown)
{
    Console.WriteLine(Replay.Of(shown, fault, scripts));
    return 0;
}

var count = (int)Math.Min(histories ?? Default, int.MaxValue);
var bar = new ProgressBar(Console.Out, count, !Console.IsOutputRedirected);
var clock = Stopwatch.StartNew();
var report = new Checker(fault, scripts) { Progress = bar.Show }.Run(seed ?? 1, count);
if (report.Findings.Count > 0)
{
    Console.WriteLine();
    Console.WriteLine(Replay.Of(report.Findings[0].Seed, fault, scripts));
}

SummaryTable.Write(Console.Out, report, clock.Elapsed);
return report.Findings.Count == 0 ? 0 : 1;

ulong? Number(string name) =>
    Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length
    && ulong.TryParse(args[at + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var value)
        ? value
        : null;

// By the name of its class; a test names the fault, and the seed, of every one it has caught.
IPlantedFault? Fault(out bool isKnown)
{
    var name = Array.IndexOf(args, "--fault") is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
    var type = typeof(IPlantedFault).Assembly.GetTypes().FirstOrDefault(type => type.Name == name && typeof(IPlantedFault).IsAssignableFrom(type) && type.IsClass);
    isKnown = name is null || type is not null;
    return type is null ? null : (IPlantedFault)Activator.CreateInstance(type)!;
}

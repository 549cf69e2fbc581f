using System.Globalization;
using System.Net;
using Bench.Driver;

// One URL under load, by hand, with several bodies in turn: dotnet run -c Release --project bench/Driver -- http://127.0.0.1:5000/static -c 32 -d 5
if (args.Length == 0 || !Uri.TryCreate(args[0], UriKind.Absolute, out var url) || !IPAddress.TryParse(url.Host, out var address))
{
    await Console.Error.WriteLineAsync("usage: Bench.Driver http://IP:PORT/path [-c connections] [-d seconds] [-X method] [-H header]... [-b body]... [-s status]");
    return 2;
}

byte[][] requests = [.. Options("-b").DefaultIfEmpty(null).Select(body => HttpRequestBytes.Render(Option("-X", "GET"), url.PathAndQuery, Options("-H"), body))];
var result = LoadDriver.Run(
    new LoadPlan
    {
        Endpoint = new IPEndPoint(address, url.Port),
        Requests = number => requests[number % requests.Length],
        Connections = int.Parse(Option("-c", "32"), CultureInfo.InvariantCulture),
        Window = TimeSpan.FromSeconds(double.Parse(Option("-d", "5"), CultureInfo.InvariantCulture)),
        Expected = [int.Parse(Option("-s", "200"), CultureInfo.InvariantCulture)],
    },
    CancellationToken.None);

Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{result.Rate:F0} requests/s, p50 {result.Latency.Percentile(0.5).TotalMicroseconds:F0} us, p99 {result.Latency.Percentile(0.99).TotalMicroseconds:F0} us, {result.Errors} errors"));
if (result.FirstError is not null)
{
    await Console.Error.WriteLineAsync($"The first error: {result.FirstError}");
}

return result.Errors == 0 ? 0 : 1;

string Option(string name, string otherwise) => Options(name).FirstOrDefault(otherwise);

IEnumerable<string> Options(string name) => args.Zip(args.Skip(1)).Where(pair => pair.First == name).Select(pair => pair.Second);

using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace Infra.Tests.Bicep;

/// <summary>The Bicep compiler as one JSON-RPC process, which loads Azure's resource types once for all tests.</summary>
public sealed class BicepCompiler : IDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("infra-tests-");
    private readonly Lazy<CompiledTemplate> _sound;
    private int _requests;

    public BicepCompiler()
    {
        var tools = typeof(BicepCompiler).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "BicepTools").Value!; // the project file always sets it
        var start = new ProcessStartInfo(Path.Combine(tools, OperatingSystem.IsWindows() ? "bicep.exe" : "bicep"), ["jsonrpc", "--stdio"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1"; // needs no ICU on the machine
        _process = Process.Start(start) ?? throw new InvalidOperationException($"'{start.FileName}' did not start. Run 'dotnet restore'.");
        _sound = new Lazy<CompiledTemplate>(() => Compile(ReadSources()));
    }

    /// <summary>Gets the template as it is in the repository.</summary>
    internal CompiledTemplate Sound => _sound.Value;

    /// <summary>Reads every Bicep file, by its path below infra/ with forward slashes.</summary>
    internal static Dictionary<string, string> ReadSources()
    {
        var folder = RepositoryRoot.Combine("infra");
        return Directory.EnumerateFiles(folder, "*.bicep", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetRelativePath(folder, path).Replace('\\', '/'), File.ReadAllText, StringComparer.Ordinal);
    }

    internal CompiledTemplate Compile(IEnumerable<KeyValuePair<string, string>> sources)
    {
        var folder = _folder.CreateSubdirectory(_requests.ToString(CultureInfo.InvariantCulture)).FullName;
        File.Copy(RepositoryRoot.Combine("infra", "bicepconfig.json"), Path.Combine(folder, "bicepconfig.json"));
        var dashboards = Directory.CreateDirectory(Path.Combine(folder, "dashboards")).FullName;
        File.Copy(RepositoryRoot.Combine("infra", "dashboards", "workbook.json"), Path.Combine(dashboards, "workbook.json"));
        foreach (var (path, text) in sources)
        {
            var file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!); // a file in a folder
            File.WriteAllText(file, text);
        }

        var result = Call("bicep/compile", new { path = Path.Combine(folder, "main.bicep") });
        return new CompiledTemplate(result, (variant, parameters) => Predict(Path.Combine(folder, variant + ".bicepparam"), parameters));
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private JsonElement Predict(string file, string parameters)
    {
        File.WriteAllText(file, parameters);
        var metadata = new { tenantId = Guid.Empty, subscriptionId = Guid.Empty, location = "westeurope", resourceGroup = (string?)null, deploymentName = (string?)null };
        using var snapshot = JsonDocument.Parse(Call("bicep/getSnapshot", new { path = file, metadata, externalInputs = (object?)null }).GetProperty("snapshot").GetString()!); // the protocol's text of JSON
        return snapshot.RootElement.GetProperty("predictedResources").Clone();
    }

    // Framed as the Language Server Protocol is: a header with the length, an empty line, JSON.
    private JsonElement Call(string method, object parameters)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new { jsonrpc = "2.0", id = ++_requests, method, @params = parameters });
        var input = _process.StandardInput.BaseStream;
        input.Write(Encoding.ASCII.GetBytes($"Content-Length: {body.Length}\r\n\r\n"));
        input.Write(body);
        input.Flush();

        var length = 0;
        while (ReadLine() is { Length: > 0 } header)
        {
            length = header.Split(':') is ["Content-Length", var value] ? int.Parse(value, CultureInfo.InvariantCulture) : length;
        }

        var answer = new byte[length];
        _process.StandardOutput.BaseStream.ReadExactly(answer);
        using var json = JsonDocument.Parse(answer);
        return json.RootElement.TryGetProperty("result", out var result)
            ? result.Clone()
            : throw new InvalidOperationException($"bicep refused {method}: {json.RootElement}");
    }

    private string ReadLine()
    {
        var line = new StringBuilder();
        for (var next = ReadByte(); next != '\n'; next = ReadByte())
        {
            line.Append((char)next);
        }

        return line.ToString().TrimEnd('\r');
    }

    private int ReadByte() => _process.StandardOutput.BaseStream.ReadByte() is >= 0 and var next
        ? next
        : throw new InvalidOperationException("bicep ended; its error output says why.");
}

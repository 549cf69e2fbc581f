using System.Diagnostics;

namespace Support.Servers;

/// <summary>The last lines a server wrote, for the message of a failing start. Reading on keeps its pipe from filling up.</summary>
internal sealed class ProcessOutput(Process process, Action<string>? onLine)
{
    private const int MaxLines = 20;

    private readonly Queue<string> _lines = new();

    /// <summary>Reads on in the background until the server ends.</summary>
    public void Follow()
    {
        _ = ReadAsync(process.StandardOutput);
        _ = ReadAsync(process.StandardError);
    }

    public string Tail()
    {
        lock (_lines)
        {
            return _lines.Count == 0 ? "nothing" : string.Join(" | ", _lines);
        }
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            Add(line);
            onLine?.Invoke(line);
        }
    }

    private void Add(string line)
    {
        if (string.IsNullOrWhiteSpace(line))
        {
            return;
        }

        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > MaxLines)
            {
                _lines.Dequeue();
            }
        }
    }
}

using System.Globalization;

namespace Dev.Setup;

/// <summary>Progress output.</summary>
internal sealed class Progress(TextWriter output)
{
    private readonly Lock _gate = new();

    /// <summary>Tells that a step begins, and when the result is disposed, how long it took.</summary>
    /// <param name="step">What it is.</param>
    /// <param name="note">What to know about it while it runs.</param>
    public IDisposable Begin(string step, string? note = null)
    {
        Line(note is null ? $"› {step}" : $"› {step}: {note}");
        return new Step(this, step, TimeProvider.System.GetTimestamp());
    }

    /// <summary>Passes on a line of a program that runs.</summary>
    public void Detail(string line) => Line($"  {line}");

    /// <summary>Writes a line. Safe from any thread.</summary>
    public void Line(string text)
    {
        lock (_gate)
        {
            output.WriteLine(text);
            output.Flush();
        }
    }

    private sealed class Step(Progress progress, string name, long began) : IDisposable
    {
        public void Dispose()
        {
            var seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
            progress.Line($"  {name}: {seconds} s");
        }
    }
}

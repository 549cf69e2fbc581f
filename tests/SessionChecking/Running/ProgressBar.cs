using System.Globalization;

namespace SessionChecking.Running;

/// <summary>Says how far the work is: in place on a terminal, every tenth in a log.</summary>
internal sealed class ProgressBar(TextWriter output, int total, bool isTerminal)
{
    private const int Width = 40;

    private int _told = -1;

    public void Show(int done)
    {
        var share = (int)(100L * done / total);
        if (share == _told || (!isTerminal && share / 10 == _told / 10 && _told >= 0))
        {
            return;
        }

        _told = share;
        var bar = new string('#', share * Width / 100).PadRight(Width, '.');
        var line = string.Create(CultureInfo.InvariantCulture, $"[{bar}] {share,3}% {done:N0} of {total:N0}");
        if (isTerminal)
        {
            output.Write("\r" + line);
            if (done == total)
            {
                output.WriteLine();
            }
        }
        else
        {
            output.WriteLine(line);
        }
    }
}

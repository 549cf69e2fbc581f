using Microsoft.Win32.SafeHandles;

namespace Support.TableServer.Storage;

/// <summary>An append-only file. What was appended survives the end of this process at once, and that of the machine when <see cref="DurableAsync"/> has ended.</summary>
internal sealed class WriteLog : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly SemaphoreSlim _flush = new(1);
    private long _written;
    private long _durable;

    private WriteLog(SafeFileHandle file, long length)
    {
        _file = file;
        _written = length;
        _durable = length;
    }

    /// <summary>Opens a log to append to; a last line that is not whole was never acknowledged, and goes.</summary>
    public static WriteLog Open(string path)
    {
        var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        var whole = LogFile.WholeLength(File.ReadAllBytes(path));
        RandomAccess.SetLength(file, whole);
        return new WriteLog(file, whole);
    }

    /// <summary>Appends a line; callers take turns.</summary>
    /// <returns>What to wait for.</returns>
    public long Append(ReadOnlySpan<byte> line)
    {
        RandomAccess.Write(_file, line, _written);
        return Interlocked.Add(ref _written, line.Length);
    }

    /// <summary>Waits until the disk has what was appended; one flush serves all who wait.</summary>
    public async ValueTask DurableAsync(long position)
    {
        while (Volatile.Read(ref _durable) < position)
        {
            await _flush.WaitAsync();
            try
            {
                if (_durable < position)
                {
                    var written = Interlocked.Read(ref _written);
                    RandomAccess.FlushToDisk(_file);
                    Volatile.Write(ref _durable, written);
                }
            }
            finally
            {
                _flush.Release();
            }
        }
    }

    public void Dispose()
    {
        _file.Dispose();
        _flush.Dispose();
    }
}

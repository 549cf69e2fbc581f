using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Bench.Runner.Meters;

/// <summary>Asks a Redis for its own figures over a connection of its own, in the plain protocol.</summary>
internal sealed class RedisMeter : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[64 * 1024];

    public RedisMeter(int port) => _socket.Connect(IPAddress.Loopback, port);

    /// <summary>Reads processor time and the number of commands, scripts' inner ones included.</summary>
    public RedisReading Read()
    {
        var info = Ask("INFO everything\r\n");
        return new RedisReading(
            TimeSpan.FromSeconds(Figure(info, "used_cpu_user:") + Figure(info, "used_cpu_sys:")),
            (long)Figure(info, "total_commands_processed:"));
    }

    /// <summary>Empties it, so that the next reads find nothing.</summary>
    public void Flush() => Ask("FLUSHALL\r\n");

    public void Dispose() => _socket.Dispose();

    private static double Figure(string info, string name)
    {
        var at = info.IndexOf(name, StringComparison.Ordinal) + name.Length;
        return double.Parse(info.AsSpan(at, info.IndexOf('\r', at) - at), CultureInfo.InvariantCulture);
    }

    private string Ask(string command)
    {
        _socket.Send(Encoding.ASCII.GetBytes(command));
        var filled = 0;
        do
        {
            var received = _socket.Receive(_buffer.AsSpan(filled));
            if (received == 0)
            {
                throw new InvalidOperationException("Redis has closed the meter's connection.");
            }

            filled += received;
        }
        while (!IsWhole(_buffer.AsSpan(0, filled)));

        return Encoding.UTF8.GetString(_buffer, 0, filled);
    }

    // Either a simple line (+OK) or one bulk string ($length, the bytes, a line end).
    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var line = answer.IndexOf("\r\n"u8);
        return line > 0 && (answer[0] != '$' || answer.Length == line + 2 + int.Parse(answer[1..line], CultureInfo.InvariantCulture) + 2);
    }
}

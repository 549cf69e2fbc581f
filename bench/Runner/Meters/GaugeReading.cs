using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Bench.Runner.Meters;

/// <summary>Reading of the gauge inside a .NET server: bytes allocated since its start and collections by generation.</summary>
internal readonly record struct GaugeReading(long AllocatedBytes, int Gen0, int Gen1, int Gen2, long HeapBytes)
{
    public static GaugeReading Read(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(path));
        var bytes = new byte[256];
        var figures = Encoding.ASCII.GetString(bytes, 0, socket.Receive(bytes)).Split(' ');
        return new GaugeReading(
            long.Parse(figures[0], CultureInfo.InvariantCulture),
            int.Parse(figures[1], CultureInfo.InvariantCulture),
            int.Parse(figures[2], CultureInfo.InvariantCulture),
            int.Parse(figures[3], CultureInfo.InvariantCulture),
            long.Parse(figures[4], CultureInfo.InvariantCulture));
    }
}

using System.Runtime.CompilerServices;
using SessionChecking.Workloads;
using SessionCore.Sessions;

namespace SessionChecking.PlantedFaults;

/// <summary>The hash of a key leaves out whose key it is.</summary>
internal sealed class NamespaceLeftOutOfTheHash : IPlantedFault
{
    public Ports Plant(Ports ports, World world) => ports;

    public SessionKey KeyOf(string service, string text)
    {
        var shared = NamedKey.Read("", text);
        return Make(service, shared.Partition, shared.Id);
    }

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    private static extern SessionKey Make(string client, UInt128 partition, UInt128 id);
}

using SessionCore.Sessions;

namespace SessionChecking.Workloads;

/// <summary>Planted fault of the protocol, which replaces dependencies of an instance.</summary>
internal interface IPlantedFault
{
    /// <summary>Changes the ports of one instance.</summary>
    Ports Plant(Ports ports, World world);

    /// <summary>Reads the key of a client from its text.</summary>
    SessionKey KeyOf(string service, string text) => NamedKey.Read(service, text);
}

namespace SessionChecking.Workloads;

/// <summary>A fault of the protocol to be found: it changes what an instance is given.</summary>
internal interface IPlantedFault
{
    /// <summary>Changes the ports of one instance.</summary>
    Ports Plant(Ports ports, World world);
}

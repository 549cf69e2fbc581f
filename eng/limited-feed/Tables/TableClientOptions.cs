using Azure.Core;

namespace Azure.Data.Tables;

/// <summary>How the SDK speaks to the service: retries and time-outs are those of every client of Azure.</summary>
public class TableClientOptions : ClientOptions;

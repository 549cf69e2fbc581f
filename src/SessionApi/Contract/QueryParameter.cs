namespace SessionApi.Contract;

/// <summary>Query parameter of an operation.</summary>
/// <param name="Name">The name, compared ordinally.</param>
/// <param name="Summary">The description in the contract.</param>
/// <param name="Schema">The JSON schema.</param>
/// <param name="IsRequired">Whether the parameter is required.</param>
internal sealed record QueryParameter(string Name, string Summary, string Schema, bool IsRequired = false);

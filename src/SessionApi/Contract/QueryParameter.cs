namespace SessionApi.Contract;

/// <summary>A query parameter that an operation takes; every other is refused.</summary>
/// <param name="Name">Its name, compared exactly.</param>
/// <param name="Summary">What it is for.</param>
/// <param name="Schema">Its JSON schema.</param>
/// <param name="IsRequired">Whether the operation needs it.</param>
public sealed record QueryParameter(string Name, string Summary, string Schema, bool IsRequired = false);

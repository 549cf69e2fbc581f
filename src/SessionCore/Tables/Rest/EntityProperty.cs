namespace SessionCore.Tables.Rest;

/// <summary>A property while its row is being read: type and value arrive in either order.</summary>
internal readonly record struct EntityProperty(string Name, string? Type, object? Value);

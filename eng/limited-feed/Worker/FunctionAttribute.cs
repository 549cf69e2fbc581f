namespace Microsoft.Azure.Functions.Worker;

/// <summary>Names a function of the app.</summary>
/// <param name="name">Its name, unique in the app.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FunctionAttribute(string name) : Attribute
{
    /// <summary>Gets the name.</summary>
    public string Name { get; } = name;
}

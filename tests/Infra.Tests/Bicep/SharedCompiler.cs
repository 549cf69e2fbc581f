namespace Infra.Tests.Bicep;

/// <summary>Shares one compiler between all classes that look at the template.</summary>
[CollectionDefinition(Name)]
public sealed class SharedCompiler : ICollectionFixture<BicepCompiler>
{
    public const string Name = "Bicep";
}

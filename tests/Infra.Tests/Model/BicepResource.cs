using Infra.Tests.Parsing;

namespace Infra.Tests.Model;

/// <summary>A resource of a file.</summary>
/// <param name="Symbol">Its name in the file.</param>
/// <param name="Type">For example <c>Microsoft.Storage/storageAccounts</c>.</param>
/// <param name="ApiVersion">What follows the @.</param>
/// <param name="IsExisting">Whether it is only referred to.</param>
/// <param name="Body">Its properties.</param>
/// <param name="Place">File and line.</param>
internal sealed record BicepResource(string Symbol, string Type, string ApiVersion, bool IsExisting, SyntaxNode Body, string Place);

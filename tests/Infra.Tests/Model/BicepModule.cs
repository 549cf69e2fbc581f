using Infra.Tests.Parsing;

namespace Infra.Tests.Model;

/// <summary>A use of another file.</summary>
/// <param name="Symbol">Its name in the file.</param>
/// <param name="Path">The other file, relative to this one.</param>
/// <param name="Body">Scope and parameters.</param>
/// <param name="Place">File and line.</param>
internal sealed record BicepModule(string Symbol, string Path, SyntaxNode Body, string Place);

using Infra.Tests.Bicep;

namespace Infra.Tests.Rules;

/// <summary>Looks at a compiled template and returns each place where it breaks the rule.</summary>
internal delegate IEnumerable<string> Rule(CompiledTemplate template);

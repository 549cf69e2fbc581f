using Infra.Tests.Model;

namespace Infra.Tests.Rules;

/// <summary>Looks at a deployment and tells each place where it breaks the rule; nothing means that it is kept.</summary>
internal delegate IEnumerable<string> Rule(BicepTemplate template);

namespace FunctionsHost;

/// <summary>A function app that is ready.</summary>
/// <param name="Functions">Its functions.</param>
/// <param name="HttpUri">Where its worker takes proxied HTTP.</param>
internal sealed record LoadedApp(IReadOnlyList<Function> Functions, Uri HttpUri);

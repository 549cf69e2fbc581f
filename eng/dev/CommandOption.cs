namespace Dev;

/// <summary>An argument that a command takes.</summary>
/// <param name="Form">How it is written, for example <c>--port N</c>.</param>
/// <param name="Meaning">What it does, and its default.</param>
internal sealed record CommandOption(string Form, string Meaning);

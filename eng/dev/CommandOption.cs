namespace Dev;

/// <summary>Argument of a command.</summary>
/// <param name="Form">The syntax, for example <c>--port N</c>.</param>
/// <param name="Meaning">The effect and the default.</param>
internal sealed record CommandOption(string Form, string Meaning);

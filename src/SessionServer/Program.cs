using Microsoft.Extensions.Options;
using SessionServer;

try
{
    await using var app = SessionHost.Build(args);
    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (FaultsOf(exception) is [_, ..])
{
    foreach (var fault in FaultsOf(exception))
    {
        await Console.Error.WriteLineAsync($"Configuration: {fault}");
    }

    return 1;
}

static string[] FaultsOf(Exception exception) => exception switch
{
    OptionsValidationException invalid => [.. invalid.Failures],

    // The binder's way to say that a text is not of an option's type.
    InvalidOperationException { InnerException: FormatException or ArgumentException, Message: var message } => [message],
    InvalidOperationException { InnerException: InvalidOperationException inner } => FaultsOf(inner),
    AggregateException several => [.. several.InnerExceptions.SelectMany(FaultsOf)],
    _ => [],
};

using System.Text.Json;
using FunctionsHost.Protocol;

namespace FunctionsHost;

/// <summary>A function of the app, by the metadata that its worker reports.</summary>
/// <param name="Id">The worker's id of it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Trigger">Type of the trigger, such as <c>httpTrigger</c>.</param>
/// <param name="Parameter">The parameter that takes the trigger's data.</param>
/// <param name="Route">Route below the prefix, of an HTTP trigger.</param>
/// <param name="Methods">HTTP methods; null for all.</param>
/// <param name="Queue">Name of the queue, or of the setting that has it in percent signs, of a queue trigger.</param>
internal sealed record Function(string Id, string Name, string Trigger, string Parameter, string? Route, IReadOnlyList<string>? Methods, string? Queue)
{
    private const string TriggerSuffix = "Trigger";

    public bool IsHttp => Trigger.Equals("httpTrigger", StringComparison.OrdinalIgnoreCase);

    public bool IsTimer => Trigger.Equals("timerTrigger", StringComparison.OrdinalIgnoreCase);

    public bool IsQueue => Trigger.Equals("queueTrigger", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the metadata of one function.</summary>
    /// <exception cref="InvalidDataException">It has no trigger.</exception>
    public static Function Read(RpcFunctionMetadata metadata)
    {
        foreach (var text in metadata.RawBindings)
        {
            using var binding = JsonDocument.Parse(text);
            var type = TextOf(binding.RootElement, "type") ?? "";
            if (type.EndsWith(TriggerSuffix, StringComparison.OrdinalIgnoreCase))
            {
                return new Function(
                    metadata.FunctionId,
                    metadata.Name,
                    type,
                    TextOf(binding.RootElement, "name") ?? "",
                    TextOf(binding.RootElement, "route"),
                    MethodsOf(binding.RootElement),
                    TextOf(binding.RootElement, "queueName"));
            }
        }

        throw new InvalidDataException($"The function '{metadata.Name}' has no trigger.");
    }

    private static string? TextOf(JsonElement binding, string name) => binding.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string[]? MethodsOf(JsonElement binding) =>
        binding.TryGetProperty("methods", out var methods) && methods.ValueKind is JsonValueKind.Array && methods.GetArrayLength() > 0
            ? [.. methods.EnumerateArray().Select(method => method.GetString()!.ToUpperInvariant())]
            : null;
}

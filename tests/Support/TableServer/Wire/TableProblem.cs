using System.Globalization;
using SessionCore.Tables;

namespace Support.TableServer.Wire;

/// <summary>What the service says when it does not do what was asked.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The service's word for it.</param>
internal sealed record TableProblem(int Status, string Code)
{
    public static readonly TableProblem InvalidInput = new(400, "InvalidInput");
    public static readonly TableProblem RowTooLarge = new(400, "EntityTooLarge");
    public static readonly TableProblem NoRow = new(404, "ResourceNotFound");
    public static readonly TableProblem NoTable = new(404, "TableNotFound");
    public static readonly TableProblem TableExists = new(409, "TableAlreadyExists");
    public static readonly TableProblem MethodNotAllowed = new(405, "UnsupportedHttpVerb");

    private static readonly TableProblem RowExists = new(409, "EntityAlreadyExists");
    private static readonly TableProblem OtherTag = new(412, "UpdateConditionNotSatisfied");

    /// <summary>Says why a write was not applied.</summary>
    public static TableProblem For(TableOutcome outcome) => outcome switch
    {
        TableOutcome.AlreadyExists => RowExists,
        TableOutcome.Conflict => OtherTag,
        _ => NoRow,
    };

    /// <summary>The error document; in a transaction the position of the write goes before the message.</summary>
    public string ToJson(int? index = null)
    {
        var position = index is { } at ? string.Create(CultureInfo.InvariantCulture, $"{at}:") : "";
        return $"{{\"odata.error\":{{\"code\":\"{Code}\",\"message\":{{\"lang\":\"en-US\",\"value\":\"{position}The request was refused.\"}}}}}}";
    }
}

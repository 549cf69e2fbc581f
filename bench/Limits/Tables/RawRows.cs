namespace Bench.Limits.Tables;

/// <summary>Rows of the same columns and lengths as the product's: what a store does with a row depends on how wide it is.</summary>
internal static class RawRows
{
    private const string Time = "2030-01-01T00:00:00.0000000Z";

    // Sealed content of the sample that all contenders keep: claims, data and device, 403 bytes.
    private static readonly string Body = Convert.ToBase64String(new byte[403]);
    private static readonly string Secret = Convert.ToBase64String(new byte[32]);
    private static readonly string Operation = new('0', 32);

    public static string PartitionOf(string id) => id.PadLeft(32, '0');

    public static string SessionKeyOf(string id) => "s_" + PartitionOf(id);

    public static string HeadKeyOf(string id) => "u_" + PartitionOf(id);

    public static string Due(string id) => $$"""{{{Keys("2030010100-" + id[^2..], PartitionOf(id) + SessionKeyOf(id))}}}""";

    public static string Head(string id) => $$"""{{{Keys(PartitionOf(id), HeadKeyOf(id))}},"count":1,"user":"user-{{id}}","state":"live"}""";

    public static string Session(string id)
        => $$"""
        {{{Keys(PartitionOf(id), SessionKeyOf(id))}},"state":"live","user":"user-{{id}}",{{Times("created", "auth", "seen", "idleEnd", "absEnd")}},"idle":3600,"aal":2,{{Versions("version", "dataVersion")}},"op":"{{Operation}}",{{Binary("secret", Secret)}},{{Binary("body", Body)}}}
        """;

    /// <summary>What a change of the data writes.</summary>
    public static string Change() => $$"""{{{Versions("version", "dataVersion")}},"op":"{{Operation}}",{{Binary("body", Body)}}}""";

    /// <summary>What an end writes.</summary>
    public static string End() => $$"""{{{Versions("version")}},"op":"{{Operation}}","state":"ended","reason":"revoked",{{Times("ended")}},{{Binary("body", string.Empty)}}}""";

    private static string Keys(string partition, string row) => $$"""
        "PartitionKey":"{{partition}}","RowKey":"{{row}}"
        """;

    private static string Times(params ReadOnlySpan<string> names) => Typed("Edm.DateTime", Time, names);

    private static string Versions(params ReadOnlySpan<string> names) => Typed("Edm.Int64", "1", names);

    private static string Binary(string name, string base64) => Typed("Edm.Binary", base64, name);

    private static string Typed(string type, string value, params ReadOnlySpan<string> names)
    {
        var members = new string[names.Length];
        for (var i = 0; i < members.Length; i++)
        {
            members[i] = $$"""
                "{{names[i]}}@odata.type":"{{type}}","{{names[i]}}":"{{value}}"
                """;
        }

        return string.Join(',', members);
    }
}

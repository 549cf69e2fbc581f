namespace Azure.Data.Tables.Models;

/// <summary>A table, as the answer to its creation names it.</summary>
/// <param name="name">Its name.</param>
public class TableItem(string name)
{
    /// <summary>Gets the name.</summary>
    public string Name { get; } = name;
}

namespace SessionCore.Sessions;

/// <summary>The text forms of <see cref="AssuranceLevel"/>: aal1, aal2, aal3.</summary>
public static class AssuranceLevelNames
{
    private static readonly string[] Names = ["aal1", "aal2", "aal3"];

    /// <summary>Returns the text of a level.</summary>
    public static string Of(AssuranceLevel level) => Names[(int)level - 1];

    /// <summary>Reads a level.</summary>
    /// <returns>Null for any other text.</returns>
    public static AssuranceLevel? Parse(string text) => Array.IndexOf(Names, text) is >= 0 and var index ? (AssuranceLevel)(index + 1) : null;
}

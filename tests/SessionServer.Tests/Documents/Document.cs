namespace SessionServer.Tests.Documents;

/// <summary>A document of the repository with parts that follow from the code.</summary>
internal static class Document
{
    /// <summary>Set to 1 by <c>dotnet dev.cs docs</c> to rewrite the parts instead of comparing them.</summary>
    public const string UpdateVariable = "UPDATE_DOCS";

    /// <summary>Compares the part between <c>&lt;!-- name: begin --&gt;</c> and its end with what the code says.</summary>
    public static void AssertPart(string path, string name, IEnumerable<string> lines)
    {
        var file = Path.Combine(Root(), path);
        var text = File.ReadAllText(file);
        var begin = $"<!-- {name}: begin -->\n";
        var from = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        var to = text.IndexOf($"<!-- {name}: end -->", StringComparison.Ordinal);
        Assert.True(from >= begin.Length && to >= from, $"{path} has no part '{name}'.");

        var expected = string.Join('\n', lines) + "\n";
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllText(file, string.Concat(text.AsSpan(0, from), expected, text.AsSpan(to)));
            return;
        }

        Assert.True(expected == text[from..to], $"The part '{name}' of {path} is not what the code says; run `dotnet dev.cs docs` and commit it.");
    }

    /// <summary>The lines of a part as they stand.</summary>
    public static string[] ReadPart(string path, string name)
    {
        var text = File.ReadAllText(Path.Combine(Root(), path));
        var begin = $"<!-- {name}: begin -->\n";
        var from = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        return text[from..text.IndexOf($"<!-- {name}: end -->", StringComparison.Ordinal)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SessionFunctions.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests do not run inside a checkout.");
    }
}

using System.Text;
using System.Text.Json;
using SessionCore.Sessions;

namespace SessionCore.Tests.Sessions;

public sealed class JsonMergePatchTests
{
    /// <summary>Gets the worst shapes: many names, all in both; equal prefixes; names that differ at once; many nested objects.</summary>
    public static TheoryData<string> Shapes => ["same names", "other names", "equal prefixes", "removals", "nested", "deep"];

    [Theory]
    [InlineData("""{"a":"b"}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"b":"c"}""", """{"a":"b","b":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"a":null}""", "{}")]
    [InlineData("""{"a":["b"]}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":{"b":"c"}}""", """{"a":{"b":"d","c":null}}""", """{"a":{"b":"d"}}""")]
    [InlineData("""{"a":[{"b":"c"}]}""", """{"a":[1]}""", """{"a":[1]}""")]
    [InlineData("""{"e":null}""", """{"a":1}""", """{"e":null,"a":1}""")]
    [InlineData("""{}""", """{"a":{"bb":{"ccc":null}}}""", """{"a":{"bb":{}}}""")]
    [InlineData("""{"a":1}""", """{"a":{"b":[null]}}""", """{"a":{"b":[null]}}""")]
    public void The_examples_of_RFC_7396_hold(string target, string patch, string expected) => Assert.Equal(expected, Apply(target, patch, out _));

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Operations_grow_in_proportion_to_the_input(string shape)
    {
        var (small, large) = (Operations(shape, 250), Operations(shape, 2000));
        Assert.True(large <= small * 10, $"{shape}: {small} operations on names for 250 members, {large} for 2,000.");
    }

    private static int Operations(string shape, int count)
    {
        var (target, patch) = shape switch
        {
            "same names" => (Members(count, i => $"k{i}", "1"), Members(count, i => $"k{i}", "2")),
            "other names" => (Members(count, i => $"k{i}", "1"), Members(count, i => $"p{i}", "2")),
            "equal prefixes" => (Members(count, i => $"prefixprefixprefix{i}", "1"), Members(count, i => $"prefixprefixprefix{count - i}", "2")),
            "removals" => (Members(count, i => $"k{i}", "1"), Members(count, i => $"k{count - 1 - i}", "null")),
            "nested" => (Members(count, i => $"k{i}", """{"a":1}"""), Members(count, i => $"k{i}", """{"b":2}""")),
            _ => (Deep(count, "1"), Deep(count, "2")),
        };
        Apply(target, patch, out var operations);
        return operations;
    }

    private static string Members(int count, Func<int, string> name, string value) =>
        $"{{{string.Join(',', Enumerable.Range(0, count).Select(i => $"\"{name(i)}\":{value}"))}}}";

    private static string Deep(int count, string value)
    {
        var json = Members(count, i => $"k{i}", value);
        for (var level = 0; level < 14; level++)
        {
            json = $"{{\"in\":{json},\"x\":1}}";
        }

        return json;
    }

    private static string Apply(string target, string patch, out int operations)
    {
        using var document = JsonDocument.Parse(patch);
        var names = new CountedNames();
        var result = Encoding.UTF8.GetString(JsonMergePatch.Apply(Encoding.UTF8.GetBytes(target), document.RootElement, names));
        operations = names.Count;
        return result;
    }

    private sealed class CountedNames : IEqualityComparer<string>
    {
        public int Count { get; private set; }

        public bool Equals(string? x, string? y)
        {
            Count++;
            return string.Equals(x, y, StringComparison.Ordinal);
        }

        public int GetHashCode(string name)
        {
            Count++;
            return name.GetHashCode(StringComparison.Ordinal);
        }
    }
}

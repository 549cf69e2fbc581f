using Microsoft.Extensions.Configuration;
using SessionCore.Configuration;

namespace SessionCore.Tests.Configuration;

public sealed class OptionsReaderTests
{
    public enum Colour
    {
        Red,
        Green,
    }

    [Fact]
    public void Every_kind_of_value_is_read()
    {
        var options = new Options();

        Assert.Empty(Read(
            options,
            ("Flag", " True "), ("Number", "-7"), ("Id", "4294967295"), ("Text", " kept "), ("Wait", "PT1H"), ("Colour", "green"),
            ("At", "2030-01-31T01:00:00.5+01:00"), ("Inner:Wait", "1.00:00:00"), ("Words:0", "a"), ("Words:1", "b"),
            ("Entries:0:Name", "first"), ("Entries:1:Name", "second"), ("Named:x:0", "y")));

        Assert.True(options.Flag);
        Assert.Equal((-7, uint.MaxValue, " kept ", Colour.Green), (options.Number, options.Id, options.Text, options.Colour));
        Assert.Equal((TimeSpan.FromHours(1), TimeSpan.FromDays(1)), (options.Wait, options.Inner.Wait));
        Assert.Equal(new DateTimeOffset(2030, 1, 31, 0, 0, 0, 500, TimeSpan.Zero), options.At);
        Assert.Equal(TimeSpan.Zero, options.At.Offset);
        Assert.Equal(["a", "b"], options.Words);
        Assert.Equal(["first", "second"], options.Entries.Select(entry => entry.Name));
        Assert.Equal(["y"], options.Named["x"]);
    }

    [Fact]
    public void What_is_not_named_keeps_its_value()
    {
        var options = new Options();

        Assert.Empty(Read(options, ("Text", null), ("Words", "")));

        Assert.Equal((5, "default"), (options.Number, options.Text));
    }

    [Theory]
    [InlineData("Flag", "yes", "'yes' is not true or false.")]
    [InlineData("Flag", "1", "'1' is not true or false.")]
    [InlineData("Flag", "", "An empty value is not true or false.")]
    [InlineData("Number", "many", "'many' is not a whole number from -2147483648 to 2147483647.")]
    [InlineData("Number", "1.0", "'1.0' is not a whole number")]
    [InlineData("Number", "0x10", "'0x10' is not a whole number")]
    [InlineData("Number", "2147483648", "'2147483648' is not a whole number")]
    [InlineData("Id", "-1", "'-1' is not a whole number from 0 to 4294967295.")]
    [InlineData("Id", "this-is-a-secret-that-was-put-into-the-wrong-place", "A value of 50 characters is not a whole number")]
    [InlineData("Wait", "24:00:00", "'24:00:00' has 24 hours, and hours must be below 24. Write 1.00:00:00 or PT24H.")]
    [InlineData("Colour", "blue", "'blue' is not allowed. Allowed: Red, Green.")]
    [InlineData("Colour", "1", "'1' is not allowed. Allowed: Red, Green.")]
    [InlineData("At", "gestern", "'gestern' is not an instant in RFC 3339, such as 2030-01-31T00:00:00Z.")]
    [InlineData("At", "01/02/2030", "'01/02/2030' is not an instant")]
    [InlineData("At", "2030-01-31T00:00:00.Z", "'2030-01-31T00:00:00.Z' is not an instant")]
    [InlineData("At", "2030-01-31T00:00:00+0000", "'2030-01-31T00:00:00+0000' is not an instant")]
    [InlineData("At", "2030-01-31T00:00:00", "'2030-01-31T00:00:00' is not an instant")]
    [InlineData("Flags", "true", "Unknown option. Allowed in S: ")]
    [InlineData("Inner:Wiat", "PT1S", "Unknown option. Allowed in S:Inner: Wait.")]
    [InlineData("Inner", "PT1S", "Takes members, such as S:Inner:Wait.")]
    [InlineData("Words", "a,b", "Takes a list: S:Words:0, S:Words:1 and so on.")]
    [InlineData("Words:0:x", "a", "Must be a single value, but S:Words:0:x is set.")]
    [InlineData("Number:0", "1", "Must be a single value, but S:Number:0 is set.")]
    [InlineData("Entries:0", "a", "Takes members, such as S:Entries:0:Name.")]
    [InlineData("Entries:1:At", "gestern", "'gestern' is not an instant")]
    [InlineData("Named", "x", "Takes names: S:Named:NAME.")]
    [InlineData("Named:x", "y", "Takes a list: S:Named:x:0, S:Named:x:1 and so on.")]
    public void A_fault_names_its_place_and_what_is_allowed(string name, string value, string told)
    {
        var fault = Assert.Single(Read(new Options(), (name, value)));

        Assert.StartsWith(told, fault.Text, StringComparison.Ordinal);
        Assert.StartsWith("S:" + name.Split(":x")[0].Split(":0")[0], fault.Path, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_is_told_and_what_is_right_is_set()
    {
        var options = new Options();

        var faults = Read(options, ("Flag", "x"), ("Number", "9"), ("Wait", "x"), ("Entries:0:At", "x"), ("Entries:0:Name", "kept"), ("Entries:1:At", "x"), ("Nope", "x"));

        Assert.Equal(["S:Entries:0:At", "S:Entries:1:At", "S:Flag", "S:Nope", "S:Wait"], faults.Select(fault => fault.Path).Order(StringComparer.Ordinal));
        Assert.Equal(9, options.Number);
        Assert.Equal(["kept", ""], options.Entries.Select(entry => entry.Name));
    }

    private static IReadOnlyList<OptionFault> Read(Options options, params IEnumerable<(string Name, string? Value)> settings) =>
        OptionsReader.Read(
            new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => "S:" + setting.Name, setting => setting.Value)).Build().GetSection("S"),
            options);

    public sealed class Options
    {
        public bool Flag { get; set; }

        public int Number { get; set; } = 5;

        public uint Id { get; set; }

        public string? Text { get; set; } = "default";

        public TimeSpan Wait { get; set; }

        public Colour Colour { get; set; }

        public DateTimeOffset At { get; set; }

        public Inner Inner { get; set; } = new();

        public IList<string> Words { get; } = [];

        public IList<Entry> Entries { get; } = [];

        public IDictionary<string, IList<string>> Named { get; } = new Dictionary<string, IList<string>>(StringComparer.Ordinal);

        public bool Derived => Flag;
    }

    public sealed class Inner
    {
        public TimeSpan Wait { get; set; }
    }

    public sealed class Entry
    {
        public string Name { get; set; } = "";

        public DateTimeOffset At { get; set; }
    }
}

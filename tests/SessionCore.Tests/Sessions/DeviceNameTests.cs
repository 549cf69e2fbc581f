using SessionCore.Sessions;

namespace SessionCore.Tests.Sessions;

/// <summary>Readable names of devices, on user agents that browsers, libraries and crawlers document.</summary>
public sealed class DeviceNameTests
{
    private const int LongestAgent = 512;

    public static TheoryData<string, string, string?, string?, string?> Corpus
    {
        get
        {
            var rows = new TheoryData<string, string, string?, string?, string?>();
            foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Sessions", "user-agents.tsv")).Skip(1))
            {
                var cells = line.Split('\t');
                rows.Add(cells[0], cells[1], cells.ElementAtOrDefault(2), cells.ElementAtOrDefault(3), cells.ElementAtOrDefault(4));
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public void A_device_is_named_by_its_user_agent_and_hints(string name, string agent, string? brands, string? platform, string? mobile) =>
        Assert.Equal(name, DeviceName.Of(new SessionDevice(Label: null, agent, IpAddress: null) { Hints = new ClientHints(brands, platform, mobile) }));

    [Fact]
    public void The_corpus_has_what_most_users_have()
    {
        var names = Corpus.Select(row => (string)row[0]).ToHashSet(StringComparer.Ordinal);

        Assert.True(names.Count >= 60, $"The corpus has {names.Count} names.");
    }

    [Theory]
    [InlineData("Alice's laptop", "Alice's laptop")]
    [InlineData("", "curl")]
    [InlineData(" ", "curl")]
    [InlineData(null, "curl")]
    public void A_label_that_can_be_read_is_the_name(string? label, string name) =>
        Assert.Equal(name, DeviceName.Of(new SessionDevice(label, "curl/8.7.1", IpAddress: null)));

    [Fact]
    public void A_device_of_which_nothing_is_known_has_no_name()
    {
        Assert.Null(DeviceName.Of(null));
        Assert.Null(DeviceName.Of(new SessionDevice(Label: null, UserAgent: null, "192.0.2.1")));
        Assert.Null(DeviceName.Of(new SessionDevice(Label: "", UserAgent: "", "192.0.2.1")));
    }

    [Fact]
    public void Any_text_gets_a_name_of_words_of_the_table()
    {
        var random = new Random(20_261_128);
        string[] words =
        [
            .. UserAgents.Programs.Concat(UserAgents.Browsers).Concat(UserAgents.Systems).Concat(UserAgents.Brands).Concat(UserAgents.Platforms).Select(entry => entry.Name),
            "Browser", "Unknown device", "Android tablet", "Android Browser",
        ];
        for (var i = 0; i < 20_000; i++)
        {
            var agent = new string([.. Enumerable.Range(0, random.Next(LongestAgent)).Select(_ => (char)random.Next(' ', 0xD7FF))]);
            var marked = random.Next(2) == 0 ? agent : agent.Insert(agent.Length / 2, UserAgents.Browsers[random.Next(UserAgents.Browsers.Length)].Mark);

            var name = DeviceName.Of(new SessionDevice(Label: null, marked + "x", IpAddress: null))!;

            Assert.All(name.Split(" on ") is { Length: 2 } parts && !words.Contains(name) ? parts : [name], part => Assert.Contains(part, words));
        }
    }

    [Fact]
    public void No_mark_is_hidden_behind_an_earlier_one()
    {
        (string Mark, string Name)[][] tables = [UserAgents.Programs, UserAgents.Browsers, UserAgents.Systems, UserAgents.Brands, UserAgents.Platforms];
        Assert.All(tables, table => Assert.All(table.Index(), entry => Assert.DoesNotContain(
            table.Take(entry.Index), earlier => entry.Item.Mark.Contains(earlier.Mark, StringComparison.Ordinal) && earlier.Name != entry.Item.Name)));
    }
}

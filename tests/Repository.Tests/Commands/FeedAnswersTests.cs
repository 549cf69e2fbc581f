using Dev.Setup;

namespace Repository.Tests.Commands;

public sealed class FeedAnswersTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("left-out-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_the_feed_lacks_is_told_and_what_it_has_is_not()
    {
        Write("A", "false", "the part A. The feed has no package A");
        Write("B", "true", string.Empty);

        Assert.Equal(["the part A. The feed has no package A"], FeedAnswers.LeftOut(_folder.FullName));
        Assert.False(FeedAnswers.Has(_folder.FullName, "A"));
        Assert.True(FeedAnswers.Has(_folder.FullName, "B"));
    }

    [Fact]
    public void Before_any_answer_there_is_nothing_to_tell() =>
        Assert.Empty(FeedAnswers.LeftOut(Path.Combine(_folder.FullName, "absent")));

    private void Write(string probe, string has, string leftOut) => File.WriteAllText(
        Path.Combine(_folder.FullName, probe + ".props"),
        $"<Project><PropertyGroup><Has{probe}>{has}</Has{probe}><{probe}LeftOut>{leftOut}</{probe}LeftOut></PropertyGroup></Project>");
}

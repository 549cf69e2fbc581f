using Dev;
using Dev.Packing;

namespace Repository.Tests.Commands;

public sealed class PackCommandTests
{
    [Fact]
    public async Task An_unknown_argument_is_refused_before_anything_is_built()
    {
        var refused = await Assert.ThrowsAsync<UsageException>(() => new PackCommand().RunAsync(["--nope"], CancellationToken.None));

        Assert.Contains("'--nope'", refused.Message, StringComparison.Ordinal);
    }
}

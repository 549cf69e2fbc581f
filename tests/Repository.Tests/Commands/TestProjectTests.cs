using Dev.Testing;

namespace Repository.Tests.Commands;

public sealed class TestProjectTests
{
    [Fact]
    public void No_filter_selects_every_test() => Assert.Null(TestProject.Expression([]));

    [Fact]
    public void Filters_are_parts_of_a_full_name_and_any_will_do() =>
        Assert.Equal("FullyQualifiedName~Lease|FullyQualifiedName~SessionCore.Tests", TestProject.Expression(["Lease", "SessionCore.Tests"]));

    [Fact]
    public void An_expression_of_the_sdk_stays_as_it_is() =>
        Assert.Equal("Category=Fault", TestProject.Expression(["Category=Fault"]));
}

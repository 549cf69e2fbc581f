using SessionCore.Protection;

namespace SessionCore.Tests.Protection;

public sealed class AppIdentityTests
{
    private const string Variable = "AZURE_CLIENT_ID";

    [Theory]
    [InlineData(null, "of-the-platform")]
    [InlineData("", "of-the-platform")]
    [InlineData("of-the-option", "of-the-option")]
    public void The_identity_the_platform_names_counts_unless_an_option_names_another(string? option, string expected)
    {
        var before = Environment.GetEnvironmentVariable(Variable);
        Environment.SetEnvironmentVariable(Variable, "of-the-platform");
        try
        {
            Assert.Equal(expected, AppIdentity.Options(option).ManagedIdentityClientId);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, before);
        }
    }
}

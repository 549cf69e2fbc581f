using System.ComponentModel.DataAnnotations;
using SessionServer.OperatorConsole;

namespace SessionServer.Tests;

public sealed class ConsoleOptionsTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData("99999999-8888-7777-6666-555555555555", true)]
    [InlineData("{99999999-8888-7777-6666-555555555555}", false)]
    [InlineData("the console", false)]
    public void The_client_id_is_a_guid_or_absent(string? clientId, bool isValid)
    {
        var faults = ((IValidatableObject)new ConsoleOptions { ClientId = clientId }).Validate(new ValidationContext(new object())).ToList();

        Assert.Equal(isValid, faults.Count == 0);
        Assert.All(faults, fault => Assert.StartsWith("Console:ClientId", fault.ErrorMessage, StringComparison.Ordinal));
    }

    [Fact]
    public void The_console_is_served_unless_it_is_switched_off() => Assert.True(new ConsoleOptions().Enabled);
}

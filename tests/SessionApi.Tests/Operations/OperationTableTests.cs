using System.Reflection;
using SessionApi.Contract;
using SessionApi.Operations;

namespace SessionApi.Tests.Operations;

public sealed class OperationTableTests
{
    [Fact]
    public void Every_name_is_in_the_table_once_and_the_other_way_round()
    {
        var constants = typeof(OperationNames).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string?)field.GetRawConstantValue());
        Assert.Equal(constants.Order(StringComparer.Ordinal), OperationTable.All.Select(operation => operation.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_two_operations_take_the_same_method_of_a_route()
    {
        var taken = OperationTable.All.SelectMany(operation => operation.Methods.Select(method => $"{method} {operation.Route}")).ToArray();
        Assert.Equal(taken.Length, taken.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void Every_operation_says_who_may_call_and_only_health_contract_and_public_keys_are_open()
    {
        Assert.All(OperationTable.All, operation => Assert.NotNull(operation.Access));
        Assert.Equal(
            ["GetAsyncApi", "GetLiveness", "GetOpenApi", "GetPassportKeys", "GetReadiness"],
            OperationTable.All.Where(operation => operation.Access!.Kind is CallerKind.Anyone).Select(operation => operation.Name).Order(StringComparer.Ordinal));
        Assert.All(
            OperationTable.All.Where(operation => operation.Access!.Kind is CallerKind.Service),
            operation => Assert.Equal(1, System.Numerics.BitOperations.PopCount((uint)operation.Access!.Scope)));
    }

    [Fact]
    public void Every_operation_has_a_successful_answer() =>
        Assert.All(OperationTable.All, operation => Assert.Contains(operation.Answers, answer => answer.Status is >= 200 and < 300));

    [Fact]
    public void Every_schema_named_by_an_operation_is_there_and_every_reference_has_an_end()
    {
        var schemas = OpenApiDocument.Schemas();
        var named = OperationTable.All
            .SelectMany(operation => operation.Answers.Select(answer => answer.Schema).Append(operation.RequestSchema))
            .OfType<string>()
            .Concat(System.Text.RegularExpressions.Regex.Matches(schemas.ToJsonString(), "#/components/schemas/(?<name>[A-Za-z]+)", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(5))
                .Select(match => match.Groups["name"].Value));
        Assert.All(named.Distinct(StringComparer.Ordinal), name => Assert.True(schemas.ContainsKey(name), name));
    }

    [Fact]
    public void Routes_stay_clear_of_the_platforms_own()
    {
        Assert.All(OperationTable.All, operation =>
        {
            Assert.DoesNotMatch("^(admin|runtime)(/|$)", operation.Route);
            Assert.False(operation.Route.StartsWith('/'));
        });
    }

    [Fact]
    public void Every_type_of_the_surface_that_is_public_is_sealed_or_static()
    {
        var open = typeof(Dispatcher).Assembly.GetExportedTypes().Where(type => type is { IsClass: true, IsSealed: false });
        Assert.Empty(open);
    }
}

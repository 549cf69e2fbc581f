namespace SessionApi.Tests.Operations;

/// <summary>A repeated creation is compared by what it means (RFC 8785), not by its bytes.</summary>
public sealed class IdempotencyMeaningTests : IAsyncDisposable
{
    private const string First = """{"userId":"alice","claims":{"a":1,"b":[{"x":1.5,"y":"é"},null]},"idleTimeoutSeconds":600}""";

    private readonly ApiFixture _api = new();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [InlineData("""{"idleTimeoutSeconds":600,"claims":{"b":[{"y":"é","x":1.5},null],"a":1},"userId":"alice"}""")]
    [InlineData("""{"userId":"\u0061lice","claims":{"\u0061":1.0,"b":[{"x":15e-1,"y":"\u00e9"},null]},"idleTimeoutSeconds":6.0e2}""")]
    [InlineData("""{ "userId" : "alice", "claims" : { "a" : 10E-1, "b" : [ { "x" : 1.50, "y" : "é" }, null ] }, "idleTimeoutSeconds" : 600, "data" : {}, "cookie" : false }""")]
    public async Task The_same_meaning_gives_the_same_session_and_token(string again)
    {
        var first = await CreateAsync(First);
        var second = await CreateAsync(again);
        Assert.Equal((201, first.Text("sid"), first.Text("token")), (second.Status, second.Text("sid"), second.Text("token")));
    }

    [Theory]
    [InlineData("""{"userId":"alice","claims":{"a":2,"b":[{"x":1.5,"y":"é"},null]},"idleTimeoutSeconds":600}""")]
    [InlineData("""{"userId":"alice","claims":{"a":"1","b":[{"x":1.5,"y":"é"},null]},"idleTimeoutSeconds":600}""")]
    [InlineData("""{"userId":"alice","claims":{"a":1,"b":[null,{"x":1.5,"y":"é"}]},"idleTimeoutSeconds":600}""")]
    [InlineData("""{"userId":"alice","claims":{"a":1.00000000000000000000001,"b":[{"x":1.5,"y":"é"},null]},"idleTimeoutSeconds":600}""")]
    [InlineData("""{"userId":"alice","claims":{"a":-1,"b":[{"x":1.5,"y":"é"},null]},"idleTimeoutSeconds":600}""")]
    [InlineData("""{"userId":"alice","claims":{"a":1,"b":[{"x":1.5,"y":"é"},null]},"idleTimeoutSeconds":600,"cookie":true}""")]
    public async Task Another_meaning_is_422(string other)
    {
        await CreateAsync(First);
        var answer = await CreateAsync(other);
        Assert.Equal((422, "idempotency-key-reused"), (answer.Status, answer.Problem));
    }

    private Task<ApiAnswer> CreateAsync(string json) => _api.SendAsync("POST", "/api/v1/sessions", json, ("Idempotency-Key", "key"));
}

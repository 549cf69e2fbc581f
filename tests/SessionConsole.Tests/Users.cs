using System.Security.Cryptography;
using System.Text.Json;
using Support.Http;

namespace SessionConsole.Tests;

/// <summary>Sessions of users that a test makes over HTTP, as a back end does.</summary>
internal static class Users
{
    /// <summary>Creates a session.</summary>
    /// <param name="api">The API.</param>
    /// <param name="userId">The user.</param>
    /// <param name="device">The label of the device.</param>
    /// <param name="address">The user's address.</param>
    public static async Task<(string Sid, string Token)> CreateAsync(ApiClient api, string userId, string device = "Laptop", string address = "203.0.113.7")
    {
        var body = JsonSerializer.Serialize(new { userId, device = new { label = device, ipAddress = address } });
        var answer = await api.ServiceAsync("POST", "/v1/sessions", body);
        Assert.Equal(201, (int)answer.Status);
        using var created = JsonDocument.Parse(answer.Text);
        return (created.RootElement.GetProperty("session").GetProperty("sid").GetString()!, created.RootElement.GetProperty("token").GetString()!);
    }

    /// <summary>Whether a token is accepted.</summary>
    public static async Task<bool> IsActiveAsync(ApiClient api, string token)
    {
        var answer = await api.ServiceAsync("POST", "/v1/sessions/introspect", JsonSerializer.Serialize(new { token }), ("Session-Consistency", "strong"));
        using var introspection = JsonDocument.Parse(answer.Text);
        return introspection.RootElement.GetProperty("active").GetBoolean();
    }

    /// <summary>An id that no other test uses.</summary>
    public static string NewId(string name) => $"{name}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
}

using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;

namespace AspNetCoreExample;

/// <summary>Two users for the example. A real application has its own, and a real second factor.</summary>
internal static class DemoUsers
{
    private static readonly Dictionary<string, (string Id, string Name, string Password, string Code)> Users = new(StringComparer.OrdinalIgnoreCase)
    {
        ["alice"] = ("u-1001", "Alice", "wonderland", "123456"),
        ["bob"] = ("u-1002", "Bob", "builder", "654321"),
    };

    /// <summary>Returns the principal of a user; null when name or password is wrong.</summary>
    public static ClaimsPrincipal? Find(string? name, string? password) =>
        name is not null && password is not null && Users.TryGetValue(name, out var user) && AreEqual(user.Password, password)
            ? new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user.Id), new Claim(ClaimTypes.Name, user.Name)], "password"))
            : null;

    /// <summary>Whether a code is that of a user's second factor.</summary>
    public static bool IsCode(ClaimsPrincipal principal, string? code) =>
        code is not null && Users.Values.Any(user => user.Id == principal.FindFirstValue(ClaimTypes.NameIdentifier) && AreEqual(user.Code, code));

    private static bool AreEqual(string expected, string given) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(expected)), SHA256.HashData(Encoding.UTF8.GetBytes(given)));
}

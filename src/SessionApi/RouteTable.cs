using Microsoft.AspNetCore.Http;
using SessionApi.Contract;

namespace SessionApi;

/// <summary>Distinguishes a wrong path from a wrong method, for requests that match no operation.</summary>
internal sealed class RouteTable(IReadOnlyList<Operation> operations)
{
    private readonly (string[] Segments, string Methods)[] _routes =
    [
        .. operations
            .GroupBy(operation => operation.Route, StringComparer.Ordinal)
            .Select(group => (group.Key.Split('/'), string.Join(", ", group.SelectMany(operation => operation.Methods)))),
    ];

    /// <summary>Returns the methods of a path, as in an Allow header; null when no operation has this path.</summary>
    public string? MethodsAt(PathString path)
    {
        var isBelowBase = path.StartsWithSegments(Operation.BasePath, StringComparison.OrdinalIgnoreCase, out var rest);
        if (!isBelowBase)
        {
            rest = path;
        }

        if (rest.Value is not ['/', ..] || (!isBelowBase && !rest.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        var value = rest.Value[1..];
        var segments = (value.EndsWith('/') ? value[..^1] : value).Split('/');
        foreach (var (route, methods) in _routes)
        {
            if (IsAt(route, segments))
            {
                return methods;
            }
        }

        return null;
    }

    // A literal segment takes precedence over a parameter, as in the hosts' routing.
    private static bool IsAt(string[] route, string[] segments)
    {
        if (route.Length != segments.Length)
        {
            return false;
        }

        for (var i = 0; i < route.Length; i++)
        {
            var isParameter = route[i][0] == '{';
            if (isParameter ? segments[i].Length == 0 : !route[i].Equals(segments[i], StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return true;
    }
}

using System.Reflection;
using StackExchange.Redis;

namespace Support.Caching;

/// <summary>A connection to Redis, or its database, that sends other scripts than it is given.</summary>
public class RewrittenScripts : DispatchProxy
{
    private object? _inner;
    private Func<string, string>? _rewrite;

    internal static IConnectionMultiplexer Over(IConnectionMultiplexer inner, Func<string, string> rewrite) =>
        Over<IConnectionMultiplexer>(inner, rewrite);

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        ArgumentNullException.ThrowIfNull(targetMethod);
        if (targetMethod.Name == nameof(IDatabase.ScriptEvaluateAsync) && args is [string script, ..])
        {
            args[0] = _rewrite!(script);
        }

        var result = targetMethod.Invoke(_inner, args);
        return result is IDatabase database ? Over(database, _rewrite!) : result;
    }

    private static T Over<T>(T inner, Func<string, string> rewrite)
        where T : class
    {
        var outer = Create<T, RewrittenScripts>();
        var proxy = (RewrittenScripts)(object)outer;
        proxy._inner = inner;
        proxy._rewrite = rewrite;
        return outer;
    }
}

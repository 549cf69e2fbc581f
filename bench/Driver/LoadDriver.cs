using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Bench.Driver;

/// <summary>
/// Runs a load on the calling thread. One thread polls every connection, receives and sends without blocking, and allocates nothing per
/// request: it shares the machine with the measured server, so its own cost lowers the result.
/// </summary>
public sealed class LoadDriver
{
    private const int PollMicroseconds = 20_000;
    private const int PollsBetweenLateChecks = 1024;
    private readonly LoadPlan _plan;
    private readonly LatencyHistogram _latency = new();
    private readonly List<Connection> _connections;
    private readonly Dictionary<Socket, Connection> _bySocket = [];
    private readonly List<Socket> _ready;
    private long _next;
    private long _requests;
    private long _errors;
    private string? _firstError;
    private bool _measuring;
    private bool _exhausted;

    private LoadDriver(LoadPlan plan)
    {
        _plan = plan;
        _connections = new List<Connection>(plan.Connections);
        _ready = new List<Socket>(plan.Connections);
    }

    /// <summary>Runs the plan to its end and returns what was measured.</summary>
    /// <param name="plan">The load.</param>
    /// <param name="cancellationToken">Ends the run early; what was measured until then is lost.</param>
    public static LoadResult Run(LoadPlan plan, CancellationToken cancellationToken)
        => new LoadDriver(plan).Run(cancellationToken);

    private LoadResult Run(CancellationToken cancellationToken)
    {
        try
        {
            for (var count = 0; count < _plan.Connections; count++)
            {
                var connection = new Connection(_plan.Endpoint);
                _connections.Add(connection);
                _bySocket.Add(connection.Socket, connection);
                SendNext(connection);
            }

            Until(_plan.WarmUp, _plan.WarmUpRequests, cancellationToken);
            _plan.AtWindowEdge?.Invoke();
            _measuring = true;
            var openedAt = Stopwatch.GetTimestamp();
            Until(_plan.Window, long.MaxValue, cancellationToken);
            var elapsed = Stopwatch.GetElapsedTime(openedAt);
            _measuring = false;
            _plan.AtWindowEdge?.Invoke();
            return new LoadResult
            {
                Requests = _requests,
                Elapsed = elapsed,
                Latency = _latency,
                Errors = _errors,
                FirstError = _firstError,
                Sent = _next,
            };
        }
        finally
        {
            _connections.ForEach(connection => connection.Dispose());
        }
    }

    private void Until(TimeSpan time, long requests, CancellationToken cancellationToken)
    {
        var startedAt = Stopwatch.GetTimestamp();
        var polls = 0;
        while (Stopwatch.GetElapsedTime(startedAt) < time && _next < requests && !(_exhausted && _connections.TrueForAll(one => one.Index < 0)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Poll();
            if (_ready.Count == 0 || polls++ % PollsBetweenLateChecks == 0)
            {
                FailLate();
            }

            foreach (var socket in _ready)
            {
                // A connection that was reopened just now has left its old socket behind in the list.
                if (_bySocket.TryGetValue(socket, out var connection))
                {
                    Take(connection);
                }
            }
        }
    }

    private void Poll()
    {
        _ready.Clear();
        foreach (var connection in _connections)
        {
            if (connection.Index < 0)
            {
                SendNext(connection);
            }

            if (connection.Index >= 0)
            {
                _ready.Add(connection.Socket);
            }
        }

        if (_ready.Count > 0)
        {
            Socket.Select(_ready, null, null, PollMicroseconds);
        }
    }

    private void Take(Connection connection)
    {
        try
        {
            if (!connection.TryReceive(out var answer))
            {
                return;
            }

            Count(connection, answer);
            var before = connection.Socket;
            connection.Done(answer);
            Renew(before, connection);
        }
        catch (Exception failure) when (failure is SocketException or InvalidDataException)
        {
            Fail(connection, failure.Message);
        }

        SendNext(connection);
    }

    private void Count(Connection connection, HttpAnswer answer)
    {
        if (!_plan.Expected.Contains(answer.Status))
        {
            _errors++;
            _firstError ??= Encoding.UTF8.GetString(connection.Head(answer)) + "\n" + Encoding.UTF8.GetString(connection.Body(answer));
            return;
        }

        if (_measuring)
        {
            _requests++;
            _latency.Record((long)Stopwatch.GetElapsedTime(connection.SentAt).TotalNanoseconds);
        }

        _plan.Observer?.Invoke(connection.Index, connection.Head(answer), connection.Body(answer));
    }

    private void SendNext(Connection connection)
    {
        if (_exhausted)
        {
            return;
        }

        var request = _plan.Requests(_next);
        if (request.IsEmpty)
        {
            _exhausted = true;
            return;
        }

        try
        {
            connection.Send(_next++, request.Span);
        }
        catch (SocketException failure)
        {
            Fail(connection, failure.Message);
        }
    }

    private void FailLate()
    {
        foreach (var connection in _connections)
        {
            if (connection.Index >= 0 && Stopwatch.GetElapsedTime(connection.SentAt) > _plan.AnswerWithin)
            {
                Fail(connection, $"No answer within {_plan.AnswerWithin.TotalSeconds} s.");
                SendNext(connection);
            }
        }
    }

    private void Fail(Connection connection, string reason)
    {
        _errors++;
        _firstError ??= reason;
        var before = connection.Socket;
        connection.Reopen();
        Renew(before, connection);
    }

    private void Renew(Socket before, Connection connection)
    {
        if (!ReferenceEquals(before, connection.Socket))
        {
            _bySocket.Remove(before);
            _bySocket.Add(connection.Socket, connection);
        }
    }
}

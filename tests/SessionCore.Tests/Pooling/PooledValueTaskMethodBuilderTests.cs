using System.Runtime.CompilerServices;
using SessionCore.Pooling;

namespace SessionCore.Tests.Pooling;

public sealed class PooledValueTaskMethodBuilderTests
{
    private readonly AsyncLocal<string?> _ambient = new();

    [Fact]
    public async Task A_method_that_does_not_wait_gives_its_result_at_once()
    {
        var doubled = DoubleAsync(ValueTask.FromResult(21));
        Assert.True(doubled.IsCompletedSuccessfully);
        Assert.Equal(42, await doubled);
    }

    [Fact]
    public async Task A_method_that_waits_gives_its_result_afterwards()
    {
        var number = new TaskCompletionSource<int>();
        var doubled = DoubleAsync(new ValueTask<int>(number.Task));
        Assert.False(doubled.IsCompleted);
        number.SetResult(21);
        Assert.Equal(42, await doubled);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_method_that_throws_throws_to_whoever_awaits_it(bool waits)
    {
        var number = new TaskCompletionSource<int>();
        if (!waits)
        {
            number.SetException(new InvalidOperationException("no"));
        }

        var doubled = DoubleAsync(new ValueTask<int>(number.Task));
        number.TrySetException(new InvalidOperationException("no"));
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(async () => await doubled);
        Assert.Equal("no", fault.Message);
    }

    [Fact]
    public async Task Many_at_once_do_not_meet()
    {
        var numbers = Enumerable.Range(0, 500).Select(_ => new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously)).ToArray();
        for (var round = 0; round < 4; round++)
        {
            var waiting = numbers.Select(number => DoubleAsync(new ValueTask<int>(number.Task)).AsTask()).ToArray();
            Parallel.For(0, numbers.Length, i => numbers[i].TrySetResult(i));
            Assert.Equal(Enumerable.Range(0, 500).Select(i => 2 * i), await Task.WhenAll(waiting));
            numbers = [.. numbers.Select(_ => new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously))];
        }
    }

    [Fact]
    public async Task What_is_ambient_before_a_wait_is_ambient_after_it()
    {
        var number = new TaskCompletionSource<int>();
        _ambient.Value = "before";
        var seen = SeenAsync(new ValueTask<int>(number.Task));
        _ambient.Value = "elsewhere";
        number.SetResult(1);
        Assert.Equal("before", await seen);
        Assert.Equal("elsewhere", _ambient.Value);
    }

    [Fact]
    public async Task A_result_is_given_once()
    {
        var number = new TaskCompletionSource<int>();
        var doubled = DoubleAsync(new ValueTask<int>(number.Task));
        number.SetResult(21);
        Assert.Equal(42, await doubled);
#pragma warning disable CA2012 // looked at twice, to see it refused
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await doubled);
#pragma warning restore CA2012
    }

    [Fact]
    public void Waiting_allocates_nothing_once_there_are_steps()
    {
        var signal = new Signal();
        for (var i = 0; i < 100; i++)
        {
            Wait(signal);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Wait(signal);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Wait(Signal signal)
    {
        var waiting = WaitAsync(signal);
        Assert.False(waiting.IsCompleted);
        signal.Fire();
        Assert.True(waiting.IsCompletedSuccessfully && waiting.Result);
    }

    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    private static async ValueTask<bool> WaitAsync(Signal signal)
    {
        await signal;
        return true;
    }

    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    private static async ValueTask<int> DoubleAsync(ValueTask<int> number) => 2 * await number;

    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    private async ValueTask<string?> SeenAsync(ValueTask<int> number)
    {
        await number;
        return _ambient.Value;
    }

#pragma warning disable S1144 // the compiler finds these by their names
    /// <summary>Awaitable again and again, and allocates nothing itself.</summary>
    private sealed class Signal : ICriticalNotifyCompletion
    {
        private Action? _continuation;

        public bool IsCompleted => false;

        public Signal GetAwaiter() => this;

        public void GetResult()
        {
        }

        public void OnCompleted(Action continuation) => _continuation = continuation;

        public void UnsafeOnCompleted(Action continuation) => _continuation = continuation;

        public void Fire() => _continuation!();
    }
}

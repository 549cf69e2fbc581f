using SessionChecking.Histories;
using SessionChecking.Schedules;
using SessionCore.Sessions;

namespace SessionChecking.Workloads;

/// <summary>Final reads after all clients are done: every session at every instance, and after all faults the table.</summary>
internal sealed class Epilogue(World world, Board board)
{
    private const int ClientsBefore = 100;
    private const int MostDoubts = 5;

    /// <summary>Looks at what was not confirmed, each when the others should know of it, at an instance that did not write it.</summary>
    public async Task LookAtDoubtsAsync()
    {
        foreach (var doubt in board.Doubts.OrderBy(doubt => doubt.At).Take(MostDoubts))
        {
            if (doubt.At > world.Schedule.Now)
            {
                await Task.Delay(doubt.At - world.Schedule.Now, new ScheduleClock(world.Schedule, TimeSpan.Zero));
            }

            var others = world.Instances.Where(instance => instance.Number != doubt.Instance).ToArray();
            await ReaderAt(world.Dice.Pick(others)).ValidateAsync(doubt.Session, isStrong: false);
        }
    }

    /// <summary>Asks every instance for every token and key, as the faults go on.</summary>
    public async Task LookEverywhereAsync()
    {
        foreach (var instance in world.Instances)
        {
            var reader = ReaderAt(instance);
            foreach (var known in board.Sessions)
            {
                foreach (var token in known.Tokens)
                {
                    await reader.ValidateAsync(token, isStrong: false);
                }
            }

            // A late save at each instance: nothing that has ended may come back by it.
            foreach (var key in world.Keys)
            {
                await KeyedAt(instance).FindAsync(key, isStrong: false);
                await KeyedAt(instance).SaveAsync(key, condition: null);
            }
        }
    }

    /// <summary>Reads every session and list from the table.</summary>
    public async Task LookAtTheTableAsync()
    {
        var reader = ReaderAt(world.Instances[0]);
        foreach (var known in board.Sessions)
        {
            await reader.FindAsync(known, isStrong: true);
        }

        foreach (var key in world.Keys)
        {
            await KeyedAt(world.Instances[0]).FindAsync(key, isStrong: true);
        }

        foreach (var user in Enumerable.Range(1, world.Plan.Users))
        {
            var partition = SessionLocator.PartitionOf($"user-{user}");
            await reader.ListAsync(CallKind.List, partition);
            await reader.ListAsync(CallKind.ListEnded, partition);
            await reader.ListAsync(CallKind.ListAll, partition);
            await reader.CountAsync(partition, isStrong: true);
        }
    }

    // A client of its own at each instance, so that what one has seen is not held against another.
    private Reader ReaderAt(Instance instance) => new(CallerAt(instance), world.Dice);

    private KeyedCalls KeyedAt(Instance instance) => new(CallerAt(instance), world, board);

    private Caller CallerAt(Instance instance) => new(world, instance, ClientsBefore + instance.Number);
}

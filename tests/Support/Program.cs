using Support.Jobs;
using Support.Maintenance;
using Support.TableServer;

return args switch
{
    [TableServerProgram.Name, .. var rest] => await TableServerProgram.RunAsync(rest),
    [JobProgram.Name] => await JobProgram.RunAsync(),
    [MaintenanceProgram.Name] => await MaintenanceProgram.RunAsync(),
    _ => await UsageAsync(),
};

static async Task<int> UsageAsync()
{
    await Console.Error.WriteLineAsync($"Usage: {TableServerProgram.Name} --port N --log FILE | {MaintenanceProgram.Name} | {JobProgram.Name}");
    return 2;
}

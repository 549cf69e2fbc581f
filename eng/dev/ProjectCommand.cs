using Dev.Setup;

namespace Dev;

/// <summary>A command that is a program of its own: installs what it needs, builds it in Release and passes everything through.</summary>
/// <param name="name">The word that names it.</param>
/// <param name="project">The folder of its project, from the root.</param>
/// <param name="purpose">What it is for, in a line.</param>
/// <param name="options">The arguments that the program takes.</param>
internal sealed class ProjectCommand(string name, string project, string purpose, params IReadOnlyList<CommandOption> options) : ICommand
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public string Purpose => purpose;

    /// <inheritdoc/>
    public IReadOnlyList<CommandOption> Options { get; } = [.. options, SystemPackage.YesOption];

    /// <inheritdoc/>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var progress = new Progress(Console.Error);
        await NodeModules.EnsureAsync(progress, cancellationToken);
        if (!await RedisProgram.EnsureAsync(progress, arguments.Contains(SystemPackage.Yes, StringComparer.Ordinal), cancellationToken))
        {
            throw new InvalidOperationException($"'{name}' needs redis-server, which is missing. {RedisProgram.HowToInstall}");
        }

        using (progress.Begin($"dotnet build {project}"))
        {
            string[] build = ["build", Repository.PathOf(project), "-c", "Release", "--nologo", "-v", "minimal", "-clp:NoSummary"];
            if (await Tool.RunAsync(Tool.Dotnet, build, progress.Detail, cancellationToken) != 0)
            {
                throw new InvalidOperationException($"{project} does not build; the compiler's errors are above.");
            }
        }

        var rest = arguments.Where(argument => argument != SystemPackage.Yes);
        string[] run = ["run", "--project", Repository.PathOf(project), "-c", "Release", "--no-build", "--", .. rest];
        return await Tool.PassThroughAsync(Tool.Dotnet, run, cancellationToken);
    }
}

using Dev.Setup;

namespace Dev;

/// <summary>A command that is a program of its own: installs what it needs, builds it in Release and passes everything through.</summary>
/// <param name="name">The word that names it.</param>
/// <param name="arguments">Its arguments, as the usage shows them.</param>
/// <param name="purpose">What it is for, in a line.</param>
/// <param name="project">The folder of its project, from the root.</param>
internal sealed class ProjectCommand(string name, string arguments, string purpose, string project) : ICommand
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public string Arguments => arguments;

    /// <inheritdoc/>
    public string Purpose => purpose;

    /// <inheritdoc/>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var progress = new Progress(Console.Error);
        await NodeModules.EnsureAsync(progress, cancellationToken);
        if (!await RedisProgram.EnsureAsync(progress, cancellationToken))
        {
            throw new InvalidOperationException($"'{name}' needs redis-server, and it is not here. {RedisProgram.HowToInstall}");
        }

        using (progress.Begin($"dotnet build {project}"))
        {
            string[] build = ["build", Repository.PathOf(project), "-c", "Release", "--nologo", "-v", "minimal", "-clp:NoSummary"];
            if (await Tool.RunAsync(Tool.Dotnet, build, progress.Detail, cancellationToken) != 0)
            {
                throw new InvalidOperationException($"{project} does not build; the compiler's reasons are above.");
            }
        }

        string[] run = ["run", "--project", Repository.PathOf(project), "-c", "Release", "--no-build", "--", .. arguments];
        return await Tool.PassThroughAsync(Tool.Dotnet, run, cancellationToken);
    }
}

using KubeLens.AppHost.Terminal;

namespace KubeLens.AppHost.Processes;

/// <summary>One line of the inventory: a process that is kept running. It must end when its standard input does.</summary>
/// <param name="Name">Its name in the log stream.</param>
/// <param name="Command">What to run. Asked before each start, so it may prepare the ground; what it throws ends everything.</param>
/// <param name="Ready">Asked again and again until it says that the process serves.</param>
internal sealed record Resource(string Name, Colour Colour, Func<CancellationToken, Task<IReadOnlyList<string>>> Command, IReadyProbe Ready)
{
    /// <summary>Variables on top of our own; null removes one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>With more variables, which win over those that are there.</summary>
    public Resource With(IReadOnlyDictionary<string, string?> variables) =>
        this with { Environment = Environment.Where(variable => !variables.ContainsKey(variable.Key)).Concat(variables).ToDictionary() };

    /// <summary>Where it runs; null is the root folder, so that it holds no other one.</summary>
    public string? Folder { get; init; }

    /// <summary>A hint for when it takes long to become ready.</summary>
    public string WhenNotReady { get; init; } = "";

    /// <summary>The resources that must be ready before it starts. All others start at once.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];
}

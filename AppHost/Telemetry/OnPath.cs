using KubeLens.AppHost.Linux;
using KubeLens.AppHost.Options;

namespace KubeLens.AppHost.Telemetry;

/// <summary>A program of others that was asked for.</summary>
/// <param name="Program">Where it is; null where it is not on PATH, and the containers of <c>observability/compose.yaml</c> have to do.</param>
internal sealed record OnPath(string? Program)
{
    /// <summary>What is in <c>observability/</c> is built into a folder beside the program.</summary>
    public static string Observability => Path.Combine(AppContext.BaseDirectory, "observability");

    public static string Compose => $"docker compose --file {Path.Combine(Observability, "compose.yaml")} up --detach";

    /// <summary>The first of them that is on PATH; null where it was not asked for.</summary>
    public static OnPath? Find(bool isAsked, Surroundings surroundings, params IReadOnlyList<string> names) =>
        isAsked ? new OnPath(names.Select(name => SearchPath.Find(name, surroundings.Variable("PATH"))).FirstOrDefault(program => program is not null)) : null;
}

using KubeLens.AppHost.Options;

namespace KubeLens.AppHost.Terminal;

/// <summary>Whether to colour: only for a terminal, and not against <c>NO_COLOR</c> (https://no-color.org).</summary>
internal static class TerminalColours
{
    public static bool Wanted(Surroundings surroundings) =>
        !Console.IsOutputRedirected && surroundings.Variable("NO_COLOR") is null && surroundings.Variable("TERM") is not (null or "dumb");
}

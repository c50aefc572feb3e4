using KubeLens.Contracts.Search;

namespace KubeLens.Portal.Search;

/// <summary>What a run did, in few words, the gravest last.</summary>
/// <param name="Text"><c>2 changes</c>, <c>1 refused</c>, <c>read only</c>.</param>
/// <param name="Css">Of the chip.</param>
/// <param name="Glyph">Says the same without colour; empty where the words do.</param>
internal sealed record CommandEffect(string Text, string Css, string Glyph)
{
    public static IReadOnlyList<CommandEffect> Of(CommandRun run)
    {
        var known = new List<CommandEffect>();
        Add(run.InFlight, new CommandEffect($"{run.InFlight:N0} running", "running", CallClass.RunningGlyph));
        Add(run.Changes, new CommandEffect(Show.Count(run.Changes, "change", "changes"), "verb-write", "✎"));
        Add(run.Interactive, new CommandEffect(Show.Count(run.Interactive, "session", "sessions"), "verb-interactive", "❯"));
        Add(run.Refused, new CommandEffect($"{run.Refused:N0} refused", "status-warn", "▲"));
        Add(run.Failed, new CommandEffect($"{run.Failed:N0} failed", "status-warn", "▲"));
        Add(known.Count == 0 ? run.Writes : 0, new CommandEffect("dry run", "verb-read", ""));
        return known.Count > 0 ? known : [new CommandEffect("read only", "verb-read", "")];

        void Add(int count, CommandEffect effect)
        {
            if (count > 0)
            {
                known.Add(effect);
            }
        }
    }
}

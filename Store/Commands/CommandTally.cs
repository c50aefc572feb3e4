using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;
using KubeLens.Store.Database;
using KubeLens.Store.Search;

namespace KubeLens.Store.Commands;

/// <summary>Takes the calls of one run, newest first, and tells what they are together.</summary>
/// <param name="key">Of the run.</param>
internal sealed class CommandTally(CommandKey key)
{
    /// <summary>Most calls of one run.</summary>
    public const int MaxCalls = 5_000;

    private readonly Dictionary<(string Group, string Resource, string Namespace, string Name), (int Calls, bool Changed, DateTime FirstAt)> _objects = [];
    private int _ended, _running, _lost, _writes, _changes, _interactive, _refused, _failed;
    private string _command = "";
    private CallItem? _oldest;
    private DateTime _firstAt = DateTime.MaxValue, _commandAt = DateTime.MaxValue, _lastAt = DateTime.MinValue, _since;

    public CommandKey Key => key;

    public bool IsEmpty => Calls == 0;

    /// <summary>It takes no more calls that have ended.</summary>
    public bool IsFull => _ended >= MaxCalls;

    /// <summary>All calls of the range are taken.</summary>
    public bool IsWhole { get; set; } = true;

    private IEnumerable<(CommandObject Is, DateTime FirstAt)> Objects =>
        _objects.Select(o => (new CommandObject(o.Key.Group, o.Key.Resource, o.Key.Namespace, o.Key.Name, o.Value.Calls, o.Value.Changed), o.Value.FirstAt));

    private int Calls => _ended + _running + _lost;

    public void AddEnded(Call row, IReadOnlyDictionary<int, Dim> texts)
    {
        _ended++;
        _since = row.At;
        Add(row, texts);
    }

    public void AddOpen(Call row, bool running, IReadOnlyDictionary<int, Dim> texts)
    {
        _ = running ? _running++ : _lost++;
        Add(row, texts, running);
    }

    /// <param name="range">Asked for.</param>
    public CommandRun Result(TimeRange range) => new()
    {
        Session = key.Session.ToString("D"),
        Cluster = key.Cluster,
        User = key.User,
        Command = _command,
        UserAgent = _oldest?.UserAgent ?? "",
        SourceIp = _oldest?.SourceIp ?? "",
        FirstAt = _firstAt,
        LastAt = _lastAt,
        Calls = Calls,
        InFlight = _running,
        Writes = _writes,
        Changes = _changes,
        Interactive = _interactive,
        Refused = _refused,
        Failed = _failed,
        Objects = [.. Objects.OrderByDescending(o => o.Is.Changed).ThenBy(o => o.FirstAt)
            .ThenBy(o => o.Is.ApiGroup, StringComparer.Ordinal).ThenBy(o => o.Is.Resource, StringComparer.Ordinal).ThenBy(o => o.Is.Namespace, StringComparer.Ordinal).ThenBy(o => o.Is.Name, StringComparer.Ordinal)
            .Take(CommandRun.MostObjects).Select(o => o.Is)],
        ObjectCount = _objects.Count,
        Query = QueryPrinter.Print(CommandKey.Calls([key])),

        // Others may have ended in the moment of the last one that was taken.
        Quality = IsWhole ? new CountQuality(CountQuality.Exact, range.From, _ended) : new CountQuality(CountQuality.Newest, _ended > 0 ? _since.AddMicroseconds(1) : range.To, _ended),
    };

    private void Add(Call row, IReadOnlyDictionary<int, Dim> texts, bool running = false)
    {
        var item = CallItems.Item(row, texts);
        var options = row.OptionsId is { } id ? texts[id] : null;
        var kind = VerbClasses.Of(item.Verb.ToLowerInvariant(), item.Subresource.ToLowerInvariant());
        var writes = kind is VerbClass.Write or VerbClass.Delete;
        var changes = writes && row.Status is >= StatusCodes.Status200OK and < StatusCodes.Status300MultipleChoices && FactItems.Part(options, OptionParts.DryRun).Length == 0;
        var refused = row.Status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden;
        var failed = !running && !refused && (row.Status is 0 or >= StatusCodes.Status400BadRequest) && !(row.Status == StatusCodes.Status404NotFound && kind == VerbClass.Read);
        _writes += writes ? 1 : 0;
        _changes += changes ? 1 : 0;
        _interactive += kind == VerbClass.Interactive ? 1 : 0;
        _refused += refused ? 1 : 0;
        _failed += failed ? 1 : 0;
        Place(item, CallDetailsReader.StartOf(row).UtcDateTime, FactItems.Part(options, OptionParts.Command), changes);
    }

    private void Place(CallItem item, DateTime start, string command, bool changes)
    {
        (_command, _commandAt) = command.Length > 0 && start <= _commandAt ? (command, start) : (_command, _commandAt);
        (_oldest, _firstAt) = start <= _firstAt ? (item, start) : (_oldest, _firstAt);
        _lastAt = item.Time.UtcDateTime > _lastAt ? item.Time.UtcDateTime : _lastAt;
        if (item.Resource.Length == 0)
        {
            return;
        }

        var about = (item.ApiGroup, item.Resource, item.Namespace, item.Name);
        var known = _objects.GetValueOrDefault(about, (Calls: 0, Changed: false, FirstAt: start));
        _objects[about] = (known.Calls + 1, known.Changed || changes, start < known.FirstAt ? start : known.FirstAt);
    }
}

using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;
using KubeLens.Portal.Components.Layout;
using KubeLens.Portal.Markup;
using KubeLens.Portal.Objects;
using KubeLens.Portal.Search;
using KubeLens.Portal.SignIn;
using KubeLens.Portal.Store;
using Microsoft.AspNetCore.Components;

namespace KubeLens.Portal.Components.Pages;

/// <summary>One object: what calls did to it, and what it looked like before and after each.</summary>
public sealed partial class ObjectPage : IDisposable
{
    private readonly Lifetime _gone = new();
    private readonly List<ObjectVersion> _versions = [];
    private IReadOnlyList<QueryMessage> _messages = [];
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private ObjectHistory? _history;
    private StoreFailure? _failure;
    private StoreFailure? _stateFailure;
    private ObjectVersion? _shown;
    private ObjectVersion? _other;
    private ObjectState? _before;
    private ObjectState? _after;
    private string? _next;
    private string _problem = "";
    private string _asked = "";
    private string _read = "";
    private bool _isLoadingMore;
    private bool _isReading;

    [Parameter]
    public string Group { get; set; } = "";

    [Parameter]
    public string Resource { get; set; } = "";

    [Parameter]
    public string Namespace { get; set; } = "";

    [Parameter]
    public string Name { get; set; } = "";

    [SupplyParameterFromQuery]
    private string? Cluster { get; set; }

    [SupplyParameterFromQuery]
    private string? From { get; set; }

    [SupplyParameterFromQuery]
    private string? To { get; set; }

    [SupplyParameterFromQuery(Name = "a")]
    private string? Before { get; set; }

    [SupplyParameterFromQuery(Name = "b")]
    private string? After { get; set; }

    [SupplyParameterFromQuery]
    private string? View { get; set; }

    [Inject]
    private StoreCalls Calls { get; set; } = default!;

    [Inject]
    private Browser Browser { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private ObjectUrl Url { get; set; } = new(new("", "", "", ""), "", ObjectUrl.DefaultFrom, SearchUrl.DefaultTo);

    private string StateName => this switch
    {
        { _failure: not null } or { _problem.Length: > 0 } => "error",
        { _history: null } => "loading",
        { IsEmpty: true } => "empty-filtered",
        _ => "ready",
    };

    // A page of the Store's may be empty and yet have another after it.
    private bool IsEmpty => _versions.Count == 0 && _next is null;

    private string DiffTitle => IsYaml ? "The object after the call" : StateTitle.Of(_shown!, _before, _after);

    private bool IsState => IsYaml || StateTitle.IsState(_shown!, _before, _after);

    private bool IsYaml => Url.View == ObjectUrl.Yaml && _after is not null;

    public void Dispose() => _gone.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        Url = new(
            ObjectAddress.Of(Group, Resource, Namespace, Name), Cluster ?? "", string.IsNullOrWhiteSpace(From) ? ObjectUrl.DefaultFrom : From, string.IsNullOrWhiteSpace(To) ? SearchUrl.DefaultTo : To,
            Before ?? "", After ?? "", View == ObjectUrl.Yaml ? ObjectUrl.Yaml : ObjectUrl.Diff);
        if (!RendererInfo.IsInteractive)
        {
            return;
        }

        await (_asked == Url.Versions ? ReadAsync() : LoadAsync());
    }

    private void Go(ObjectUrl url) => Navigation.NavigateTo(url.ToString(), replace: true);

    private SearchUrl CallsOf()
    {
        var (group, resource, ns, name) = Url.Address;
        var query = QueryEdits.Filter($"resource:{resource}{(group.Length > 0 ? "." : "")}{group}/*", "name", name, excluded: false);
        query = ns.Length > 0 ? QueryEdits.Filter(query, "ns", ns, excluded: false) : query;
        return SearchUrl.Of(query, Url.From, Url.To, null, null);
    }

    private async Task LoadAsync()
    {
        var asked = _asked = Url.Versions;
        (_failure, _problem, _history, _shown, _read, _messages) = (null, "", null, null, "", []);
        _versions.Clear();
        try
        {
            _zone = await Browser.ZoneAsync(_gone.Token);
            var answer = await Calls.HistoryAsync(Url, cursor: null, _gone.Token);
            if (asked != _asked)
            {
                return;
            }

            Take(answer);
            await ReadAsync();
        }
        catch (OperationCanceledException) when (_gone.IsOver)
        {
            // The page was left first.
        }
    }

    private Task ReadAgainAsync()
    {
        _read = "";
        return ReadAsync();
    }

    private async Task MoreAsync()
    {
        var asked = _asked;
        _isLoadingMore = true;
        try
        {
            var answer = await Calls.HistoryAsync(Url, _next, _gone.Token);
            if (asked == _asked)
            {
                Take(answer);
            }
        }
        catch (OperationCanceledException) when (_gone.IsOver)
        {
            // The page was left first.
        }
        finally
        {
            _isLoadingMore = false;
        }
    }

    private void Take(StoreAnswer<ObjectHistory> answer)
    {
        switch (answer)
        {
            case { Value: { } history }:
                _history = history;
                _next = history.Next;
                _versions.AddRange(history.Versions);
                break;
            case { Outcome: StoreOutcome.SignedOut }:
                Navigation.NavigateTo(SignInReason.Page(SignInReason.Expired), forceLoad: true);
                break;
            case { Problem: { } problem }:
                (_messages, _problem) = (problem.Messages, string.Join(' ', problem.Messages.Select(message => message.Text).Prepend(problem.Title)));
                break;
            case { Outcome: StoreOutcome.NotFound }:
                _problem = "There is no such object in what is kept.";
                break;
            default:
                _failure = answer.Failure;
                break;
        }
    }

    // The states of the version that is shown and of the one that it is compared with.
    private async Task ReadAsync()
    {
        _shown = _versions.Find(version => version.CallId == Url.After) ?? _versions.Find(version => version.Kind != ObjectVersionKinds.Seen) ?? _versions.FirstOrDefault();
        if (_shown is null)
        {
            return;
        }

        var isGone = _shown.Kind == ObjectVersionKinds.Deleted;
        _other = _versions.Find(version => version.CallId == Url.Before && version.HasState) ?? (isGone && _shown.HasState ? _shown : OlderOf(_shown));
        var (before, after) = (Url.View == ObjectUrl.Yaml && !isGone ? null : _other, isGone || !_shown.HasState ? null : _shown);
        var read = $"{before?.CallId} {after?.CallId}";
        if (read == _read)
        {
            return;
        }

        (_read, _stateFailure, _isReading) = (read, null, true);
        try
        {
            var states = await Task.WhenAll(StateAsync(before), StateAsync(after));
            if (read == _read)
            {
                (_before, _after, _isReading) = (states[0], states[1], false);
            }
        }
        catch (OperationCanceledException) when (_gone.IsOver)
        {
            // The page was left first.
        }
    }

    private ObjectVersion? OlderOf(ObjectVersion version)
    {
        // Before it was made, there was another object at most.
        if (version.Kind == ObjectVersionKinds.Created)
        {
            return null;
        }

        var older = version.IsOtherObject ? [] : _versions.SkipWhile(one => one != version).Skip(1);
        return older.FirstOrDefault(one => one.HasState && (version.Uid.Length == 0 || one.Uid.Length == 0 || one.Uid == version.Uid));
    }

    private async Task<ObjectState?> StateAsync(ObjectVersion? version)
    {
        if (version is null)
        {
            return null;
        }

        var answer = await Calls.StateAsync(version.CallId, _gone.Token);
        _stateFailure ??= answer.Failure;
        return answer.Value;
    }
}

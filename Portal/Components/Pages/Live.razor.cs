using System.Globalization;
using KubeLens.Contracts.Query;
using KubeLens.Portal.Components.Controls;
using KubeLens.Portal.Components.Layout;
using KubeLens.Portal.Live;
using KubeLens.Portal.Markup;
using KubeLens.Portal.Search;
using KubeLens.Portal.SignIn;
using KubeLens.Portal.Store;
using Microsoft.AspNetCore.Components;

namespace KubeLens.Portal.Components.Pages;

/// <summary>Calls as they are stored, newest on top. Rows come four times a second at most, so that they can be read and clicked.</summary>
public sealed partial class Live : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan AnnounceEvery = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _gone = new();
    private readonly List<RowBatch> _batches = [];
    private CancellationTokenSource? _following;
    private LiveRing _ring = new();
    private LiveRate? _receiving;
    private LiveRate? _showing;
    private SearchUrl _url = SearchUrl.Of(null, null, null, null, null);
    private SearchUrl? _followed;
    private LiveState _state = LiveState.Connecting;
    private IReadOnlyList<QueryMessage> _messages = [];
    private ResultGrid? _grid;
    private string _problem = "";
    private string _interruption = "";
    private string _announced = "";
    private string _focusLater = "";
    private double _received;
    private double _shown;
    private bool _paused;

    [SupplyParameterFromQuery(Name = "q")]
    private string? Query { get; set; }

    [SupplyParameterFromQuery(Name = "sel")]
    private string? Selected { get; set; }

    [SupplyParameterFromQuery(Name = "tab")]
    private string? Tab { get; set; }

    [Inject]
    private StoreLive Store { get; set; } = default!;

    [Inject]
    private Browser Browser { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    private string StateName => _state switch
    {
        LiveState.BadQuery => "error",
        LiveState.Connecting when _ring.Count == 0 => "loading",
        _ => _ring.Count == 0 ? "empty-filtered" : "ready",
    };

    public void Dispose()
    {
        _following?.Cancel();
        _following?.Dispose();
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override void OnParametersSet()
    {
        _url = SearchUrl.Of(Query, null, null, Selected, Tab);
        if (RendererInfo.IsInteractive && !_url.SameResults(_followed))
        {
            Begin();
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focusLater.Length > 0)
        {
            var selector = _focusLater;
            _focusLater = "";
            await Browser.FocusAsync(selector, _gone.Token);
        }
    }

    private static string Rate(double rate) => rate.ToString(rate < 10 ? "0.0" : "0", CultureInfo.InvariantCulture);

    private void Begin()
    {
        _followed = _url;
        _following?.Cancel();
        _following?.Dispose();
        _following = CancellationTokenSource.CreateLinkedTokenSource(_gone.Token);
        _ring = new LiveRing();
        (_receiving, _showing) = (new LiveRate(Clock), new LiveRate(Clock));
        (_received, _shown, _paused, _interruption, _problem, _announced) = (0, 0, false, "", "", "");
        _batches.Clear();
        var parse = QueryParser.Parse(_url.Query);
        _messages = parse.Messages;
        _state = parse.HasErrors ? LiveState.BadQuery : LiveState.Connecting;
        if (!parse.HasErrors)
        {
            _ = InvokeAsync(() => RunAsync(_url.Query, _following.Token));
        }
    }

    private async Task RunAsync(string query, CancellationToken cancellationToken)
    {
        try
        {
            // The browser must have what takes clicks on rows before the first of them.
            await Browser.ModuleAsync(ResultGrid.Module, cancellationToken);
            var zone = await Browser.ZoneAsync(cancellationToken);
            await Task.WhenAll(ListenAsync(query, cancellationToken), PaintAsync(zone, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The page was left, or another query began.
        }
        catch (Exception e)
        {
            // Nobody awaits this.
            await DispatchExceptionAsync(e);
        }
    }

    private async Task ListenAsync(string query, CancellationToken cancellationToken)
    {
        await foreach (var news in Store.FollowAsync(query, cancellationToken))
        {
            switch (news)
            {
                case LiveNews.Stored stored:
                    _ring.Take(stored.Call);
                    continue;
                case LiveNews.LeftOut left:
                    _ring.LeaveOut(left.Calls);
                    continue;
                case LiveNews.Listening:
                    (_state, _interruption) = (LiveState.Listening, "");
                    break;
                case LiveNews.Interrupted interrupted:
                    _interruption = interrupted.Reason;
                    break;
                case LiveNews.Refused refused:
                    (_state, _messages, _problem) = (LiveState.BadQuery, refused.Problem.Messages, refused.Problem.Title);
                    break;
                case LiveNews.SignedOut:
                    Navigation.NavigateTo(SignInReason.Page(SignInReason.Expired), forceLoad: true);
                    break;
            }

            StateHasChanged();
        }
    }

    private async Task PaintAsync(TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        using var ticks = new PeriodicTimer(Tick, Clock);
        var (seen, announcedAt, announced) = ((_received, _shown, _ring.Dropped, _ring.Waiting), Clock.GetTimestamp(), 0L);
        while (await ticks.WaitForNextTickAsync(cancellationToken))
        {
            var fresh = _paused ? null : _ring.Show();
            if (fresh is var (batch, gone))
            {
                _batches.Insert(0, new RowBatch(CallRows.Build(batch, firstIndex: null, zone)));
                _batches.RemoveRange(_batches.Count - gone, gone);
            }

            (_received, _shown) = (_receiving!.Mark(_ring.Received), _showing!.Mark(_ring.Shown));
            var isDue = Clock.GetElapsedTime(announcedAt) >= AnnounceEvery;
            if (isDue && _ring.Received > announced)
            {
                _announced = $"{Show.Count(_ring.Received - announced, "call", "calls")} in the last {AnnounceEvery.TotalSeconds:0} seconds";
            }

            (announcedAt, announced) = isDue ? (Clock.GetTimestamp(), _ring.Received) : (announcedAt, announced);
            var now = (_received, _shown, _ring.Dropped, _ring.Waiting);
            if (fresh is not null || now != seen || isDue)
            {
                seen = now;
                StateHasChanged();
            }
        }
    }

    private void Toggle() => _paused = !_paused;

    private void PauseAsync() => _paused = true;

    private Task GoAsync(SearchUrl url)
    {
        if (url.SameResults(_url))
        {
            Begin();
        }
        else
        {
            Navigation.NavigateTo((url with { Selected = "", Tab = "" }).ToLive());
        }

        return Task.CompletedTask;
    }

    // Rows that are looked at stay where they are.
    private void OpenAsync(RowOpened row)
    {
        _paused = true;
        _focusLater = row.ByKey ? ".drawer [data-key=Escape]" : "";
        Replace(_url with { Selected = row.Id });
    }

    private void OpenPage(string id) => Navigation.NavigateTo($"/calls/{id}");

    private void ShowTab(string tab) => Replace(_url with { Tab = tab });

    private async Task CloseAsync()
    {
        var id = _url.Selected;
        Replace(_url with { Selected = "", Tab = "" });
        if (_grid is not null)
        {
            await _grid.FocusAsync(id);
        }
    }

    private void StepAsync(int step)
    {
        var ids = _ring.Calls.Select(call => call.Id).ToList();
        var at = ids.IndexOf(_url.Selected) + step;
        if (at >= 0 && at < ids.Count)
        {
            Replace(_url with { Selected = ids[at] });
        }
    }

    private void Replace(SearchUrl url) => Navigation.NavigateTo(url.ToLive(), replace: true);
}

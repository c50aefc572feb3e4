using System.Collections.Immutable;
using System.Globalization;
using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;
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
public sealed partial class Live
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan AnnounceEvery = TimeSpan.FromSeconds(10);

    private readonly List<RowBatch> _batches = [];
    private CancellationTokenSource? _following;
    private LiveRing _ring = new();
    private LiveRate? _receiving;
    private LiveRate? _showing;
    private SearchUrl? _followed;
    private ImmutableArray<CallColumn> _columns = CallColumns.Usual;
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private LivePhase _state = LivePhase.Connecting;
    private IReadOnlyList<QueryMessage> _messages = [];
    private string _problem = "";
    private string _interruption = "";
    private string _announced = "";
    private double _received;
    private double _shown;
    private bool _paused;

    [Inject]
    private StoreLive Store { get; set; } = default!;

    private string StateName => _state switch
    {
        LivePhase.BadQuery => "error",
        LivePhase.Connecting when _ring.Count == 0 => "loading",
        _ => _ring.Count == 0 ? "empty-filtered" : "ready",
    };

    protected override IReadOnlyList<string> Ids => [.. _ring.Calls.Select(call => call.Id)];

    protected override string AddressOf(SearchUrl url) => url.ToLive();

    protected override void Dispose(bool disposing)
    {
        _following?.Cancel();
        _following?.Dispose();
        base.Dispose(disposing);
    }

    protected override void OnParametersSet()
    {
        Url = SearchUrl.Of(Query, null, null, Selected, Tab, Columns);
        if (RendererInfo.IsInteractive && !Url.SameResults(_followed))
        {
            Begin();
        }
        else if (_followed is not null && _followed.Columns != Url.Columns)
        {
            Repaint();
        }
    }

    private static string Rate(double rate) => rate.ToString(rate < 10 ? "0.0" : "0", CultureInfo.InvariantCulture);

    private void Begin()
    {
        _followed = Url;
        _columns = CallColumns.Of(Url.Columns);
        _following?.Cancel();
        _following?.Dispose();
        _following = CancellationTokenSource.CreateLinkedTokenSource(Gone);
        _ring = new LiveRing();
        (_receiving, _showing) = (new LiveRate(Clock), new LiveRate(Clock));
        (_received, _shown, _paused, _interruption, _problem, _announced) = (0, 0, false, "", "", "");
        _batches.Clear();
        var parse = QueryParser.Parse(Url.Query);
        _messages = parse.Messages;
        _state = parse.HasErrors ? LivePhase.BadQuery : LivePhase.Connecting;
        if (!parse.HasErrors)
        {
            _ = InvokeAsync(() => RunAsync(Url.Query, _following.Token));
        }
    }

    private async Task RunAsync(string query, CancellationToken cancellationToken)
    {
        try
        {
            // The browser must have what takes clicks on rows before the first of them.
            await Browser.ModuleAsync(ResultGrid.Module, cancellationToken);
            var zone = await Browser.ZoneAsync(cancellationToken);
            _zone = zone;
            await Task.WhenAll(ListenAsync(query, cancellationToken), PaintAsync(cancellationToken));
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
                    (_state, _interruption) = (LivePhase.Listening, "");
                    break;
                case LiveNews.Interrupted interrupted:
                    _interruption = interrupted.Reason;
                    break;
                case LiveNews.Refused refused:
                    (_state, _messages, _problem) = (LivePhase.BadQuery, refused.Problem.Messages, refused.Problem.Title);
                    break;
                case LiveNews.SignedOut:
                    Navigation.NavigateTo(SignInReason.Page(SignInReason.Expired), forceLoad: true);
                    break;
            }

            StateHasChanged();
        }
    }

    private async Task PaintAsync(CancellationToken cancellationToken)
    {
        using var ticks = new PeriodicTimer(Tick, Clock);
        var (seen, announcedAt, announced) = ((_received, _shown, _ring.Dropped, _ring.Waiting), Clock.GetTimestamp(), 0L);
        while (await ticks.WaitForNextTickAsync(cancellationToken))
        {
            var fresh = _paused ? null : _ring.Show();
            if (fresh is var (batch, gone))
            {
                _batches.Insert(0, Paint(batch));
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

    private RowBatch Paint(IReadOnlyList<CallItem> calls) => new(CallRows.Build(calls, firstIndex: null, _zone, _columns), calls.Count);

    // The same calls with other columns.
    private void Repaint()
    {
        _followed = Url;
        _columns = CallColumns.Of(Url.Columns);
        _batches.Clear();
        _batches.AddRange(_ring.Batches.Select(Paint));
    }

    private void Toggle() => _paused = !_paused;

    private void Pause() => _paused = true;

    private Task GoAsync(SearchUrl url)
    {
        if (url.SameResults(Url))
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
    protected override void Open(RowOpened row)
    {
        _paused = true;
        base.Open(row);
    }
}

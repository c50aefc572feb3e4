using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Api.Routing;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Api.Watching;

/// <summary>
/// One watch. It holds no queue of its own: it reads the store's window from where it stands. One that reads too slowly for the
/// window is told 410, as by an API server, and lists again.
/// </summary>
internal sealed class WatchLoop(ApiCall call, WatchQuery query, WatchStream stream, RevisionStore revisions, TimeProvider time)
{
    public static readonly TimeSpan BookmarkEvery = TimeSpan.FromSeconds(60);

    private readonly WatchEvents _events = new(call, query);
    private long _position;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var due = Task.Delay(BookmarkEvery, time, ending.Token);
        try
        {
            Begin();
            while (revisions.TryRead(call.Kind, ref _position, out var changes, out var next))
            {
                foreach (var change in changes)
                {
                    if (_events.TypeOf(change) is { } type)
                    {
                        stream.Event(type, WatchEvents.ObjectOf(change, type));
                    }
                }

                if (due.IsCompleted)
                {
                    Bookmark();
                    due = Task.Delay(BookmarkEvery, time, ending.Token);
                }

                await stream.FlushAsync(cancellationToken);
                await Task.WhenAny(next, due);
                cancellationToken.ThrowIfCancellationRequested();
            }

            stream.Error(ApiErrors.Expired($"too old resource version: {_position} ({revisions.Horizon})"));
            await stream.FlushAsync(cancellationToken);
        }
        finally
        {
            await ending.CancelAsync();
        }
    }

    /// <summary>A last bookmark, so that the client's next watch begins where this one ended.</summary>
    public Task EndAsync(CancellationToken cancellationToken)
    {
        Bookmark();
        return stream.FlushAsync(cancellationToken);
    }

    private void Begin()
    {
        var snapshot = revisions.Snapshot(call.Kind);
        if (!query.BeginsWithObjects)
        {
            _position = query.List.Version is null or 0 ? snapshot.Version : query.List.Version.Value;
            return;
        }

        _position = snapshot.Version;
        foreach (var stored in snapshot.Objects.Values.Where(_events.Sees))
        {
            stream.Event(WatchEvents.Added, stored);
        }

        if (query.SendInitialEvents == true && query.Bookmarks)
        {
            stream.Bookmark(_position, endsInitialEvents: true);
        }
    }

    private void Bookmark()
    {
        if (query.Bookmarks)
        {
            stream.Bookmark(_position, endsInitialEvents: false);
        }
    }
}

using System.Diagnostics;

namespace KubeLens.Gateway.Upstream.Connections;

/// <summary>
/// Tells which connection a request went over. The HTTP client says it in one place only: it links the activity of a request to
/// the activity in which the connection was set up
/// (https://learn.microsoft.com/dotnet/fundamentals/networking/telemetry/tracing). It does so for activities of its own source,
/// which is therefore borrowed here. These activities are neither recorded nor exported.
/// </summary>
internal static class ConnectionLink
{
    private const string RequestSource = "System.Net.Http";
    private const string SetupSource = "Experimental.System.Net.Http.Connections";
    private const string Operation = "kubelens.upstream";

    private static volatile ActivitySource? _requests;

    static ConnectionLink() => ActivitySource.AddActivityListener(new ActivityListener
    {
        ShouldListenTo = static source =>
        {
            if (source.Name == RequestSource)
            {
                _requests = source;
            }

            return source.Name is RequestSource or SetupSource;
        },

        // Of the client's own source only ours: other requests of this process stay without activities.
        Sample = static (ref ActivityCreationOptions<ActivityContext> asked) =>
            asked.Name == Operation || asked.Source.Name == SetupSource ? ActivitySamplingResult.PropagationData : ActivitySamplingResult.None,
    });

    /// <summary>Begins to watch a request that the caller sends before it disposes of this. Null before the process's first request.</summary>
    public static Activity? Watch() => _requests?.StartActivity(Operation);

    /// <summary>Names the connection that is being set up; to ask for while it connects.</summary>
    public static ActivitySpanId? Current => Activity.Current is { } setup && setup.Source.Name == SetupSource ? setup.SpanId : null;

    /// <summary>Names the connection that the watched request used: the last one, when it was tried on several.</summary>
    public static ActivitySpanId? Used(Activity? watch)
    {
        ActivitySpanId? used = null;
        if (watch is not null)
        {
            foreach (ref readonly var link in watch.EnumerateLinks())
            {
                used = link.Context.SpanId;
            }
        }

        return used;
    }
}

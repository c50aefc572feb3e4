using KubeLens.Contracts.Search;
using KubeLens.Store.Packing;

namespace KubeLens.Store.Search;

/// <summary>An exec, attach or port-forward as the API tells it.</summary>
internal static class SessionItems
{
    public static SessionItem? Of(StoredSession? stored) => stored is null ? null : new SessionItem
    {
        Kind = stored.Kind,
        Command = [.. stored.Command],
        Container = stored.Container,
        IsTty = stored.IsTty,
        Streams = [.. stored.Streams],
        Ports = [.. stored.Ports],
        Protocol = stored.Protocol,
        Result = stored.Result,
        ExitCode = stored.HasExitCode ? stored.ExitCode : null,
        Failure = stored.Failure,
        InputBytes = stored.InputBytes,
        OutputBytes = stored.OutputBytes,
        ErrorBytes = stored.ErrorBytes,
        Resizes = stored.Resizes,
        Columns = stored.Columns > 0 ? stored.Columns : null,
        Rows = stored.Rows > 0 ? stored.Rows : null,
        Connections = stored.Connections,
        Undecoded = stored.Undecoded,
        Recorded = stored.Recorded,
    };
}

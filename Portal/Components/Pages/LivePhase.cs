namespace KubeLens.Portal.Components.Pages;

internal enum LivePhase
{
    Connecting,

    /// <summary>The Store has said that it listens.</summary>
    Listening,

    /// <summary>The query cannot be run.</summary>
    BadQuery,
}

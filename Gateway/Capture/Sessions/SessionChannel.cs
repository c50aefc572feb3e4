namespace KubeLens.Gateway.Capture.Sessions;

/// <summary>What a stream within an exec, attach or port-forward carries.</summary>
internal enum SessionChannel
{
    /// <summary>Nothing that is looked at: of the wrong direction, or opened by nobody.</summary>
    Ignored,

    /// <summary>stdin, or what goes to a port.</summary>
    Input,

    /// <summary>stdout, or what comes from a port.</summary>
    Output,

    /// <summary>stderr, or a port's error channel.</summary>
    Error,

    /// <summary>The error channel of exec and attach: how it ended.</summary>
    Status,

    /// <summary>Sizes of the client's terminal.</summary>
    Resize,
}

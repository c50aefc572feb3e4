namespace KubeLens.Gateway.Capture.Sessions.Recording;

/// <summary>What a rule of the capture policy keeps of a terminal.</summary>
internal enum RecordingMode
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>stdout and stderr.</summary>
    Output,

    /// <summary>stdin, too: also what is typed while the terminal shows none of it.</summary>
    InputAndOutput,
}

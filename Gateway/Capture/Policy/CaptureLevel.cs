namespace KubeLens.Gateway.Capture.Policy;

/// <summary>How much of a call is kept; each level keeps what those before it keep.</summary>
internal enum CaptureLevel
{
    /// <summary>No record: the call is counted.</summary>
    None,

    /// <summary>Who, what, when, the answer's status, sizes, headers; no body.</summary>
    Metadata,

    /// <summary>The request's body, too.</summary>
    Request,

    /// <summary>Both bodies: what is kept where no rule says otherwise.</summary>
    RequestResponse,
}

namespace KubeLens.Gateway.Capture.Sessions.Spdy;

/// <summary>The types of control frames that matter here, by their numbers; others are passed over.</summary>
internal enum SpdyFrame
{
    Data = 0,
    SynStream = 1,
    SynReply = 2,
    Reset = 3,
    Headers = 8,
}

namespace KubeLens.Gateway.Capture;

/// <summary>The client's request body: passes every read on unchanged and shows it to a capture.</summary>
internal sealed class RequestTee(Stream inner, BodyCapture capture) : TeeStream(inner)
{
    protected override void OnRead(ReadOnlySpan<byte> data) => capture.Append(data);
}

namespace KubeLens.Gateway.Capture.Sessions;

internal enum SessionKind
{
    Exec,
    Attach,
    PortForward,
}

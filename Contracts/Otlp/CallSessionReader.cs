using KubeLens.Contracts.Calls;

namespace KubeLens.Contracts.Otlp;

/// <summary>Reads what <see cref="CallSessionWriter"/> wrote.</summary>
internal static class CallSessionReader
{
    public static CallSession Read(LogAttributes a) => !a.Has(CallSessionAttributes.Kind)
        ? CallSession.None
        : new CallSession
        {
            Kind = a.Text(CallSessionAttributes.Kind),
            Command = a.Texts(CallSessionAttributes.Command),
            Container = a.Text(CallSessionAttributes.Container),
            IsTty = a.Number(CallSessionAttributes.Tty, 0, 1) == 1,
            Streams = a.Texts(CallSessionAttributes.Streams),
            Ports = a.Texts(CallSessionAttributes.Ports),
            Protocol = a.Text(CallSessionAttributes.Protocol),
            Result = a.Text(CallSessionAttributes.Result),
            ExitCode = a.Has(CallSessionAttributes.ExitCode) ? (int)a.Number(CallSessionAttributes.ExitCode, int.MinValue, int.MaxValue) : null,
            Failure = a.Text(CallSessionAttributes.Failure),
            InputBytes = a.Number(CallSessionAttributes.InputBytes, 0, long.MaxValue),
            OutputBytes = a.Number(CallSessionAttributes.OutputBytes, 0, long.MaxValue),
            ErrorBytes = a.Number(CallSessionAttributes.ErrorBytes, 0, long.MaxValue),
            Resizes = a.Number(CallSessionAttributes.Resizes, 0, long.MaxValue),
            Columns = (int)a.Number(CallSessionAttributes.Columns, 0, ushort.MaxValue),
            Rows = (int)a.Number(CallSessionAttributes.Rows, 0, ushort.MaxValue),
            Connections = a.Number(CallSessionAttributes.Connections, 0, long.MaxValue),
            Undecoded = a.Text(CallSessionAttributes.Undecoded),
            Recorded = a.Text(CallSessionAttributes.Recorded),
        };
}

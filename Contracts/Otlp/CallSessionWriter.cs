using KubeLens.Contracts.Calls;

namespace KubeLens.Contracts.Otlp;

/// <summary>Writes the attributes of a <see cref="CallSession"/>.</summary>
internal static class CallSessionWriter
{
    public static void Write(ProtobufWriter w, CallSession session)
    {
        if (session.Kind.Length == 0)
        {
            return;
        }

        w.Attribute(CallSessionAttributes.Kind, session.Kind);
        w.Attribute(CallSessionAttributes.Command, session.Command);
        w.Attribute(CallSessionAttributes.Container, session.Container);
        WritePositive(w, CallSessionAttributes.Tty, session.IsTty ? 1 : 0);
        w.Attribute(CallSessionAttributes.Streams, session.Streams);
        w.Attribute(CallSessionAttributes.Ports, session.Ports);
        w.Attribute(CallSessionAttributes.Protocol, session.Protocol);
        w.Attribute(CallSessionAttributes.Result, session.Result);
        if (session.ExitCode is { } code)
        {
            w.Attribute(CallSessionAttributes.ExitCode, code);
        }

        w.Attribute(CallSessionAttributes.Failure, session.Failure);
        WritePositive(w, CallSessionAttributes.InputBytes, session.InputBytes);
        WritePositive(w, CallSessionAttributes.OutputBytes, session.OutputBytes);
        WritePositive(w, CallSessionAttributes.ErrorBytes, session.ErrorBytes);
        WritePositive(w, CallSessionAttributes.Resizes, session.Resizes);
        WritePositive(w, CallSessionAttributes.Columns, session.Columns);
        WritePositive(w, CallSessionAttributes.Rows, session.Rows);
        WritePositive(w, CallSessionAttributes.Connections, session.Connections);
        w.Attribute(CallSessionAttributes.Undecoded, session.Undecoded);
        w.Attribute(CallSessionAttributes.Recorded, session.Recorded);
    }

    private static void WritePositive(ProtobufWriter w, string name, long value)
    {
        if (value > 0)
        {
            w.Attribute(name, value);
        }
    }
}

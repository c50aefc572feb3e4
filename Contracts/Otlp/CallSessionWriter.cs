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
        w.FlagAttribute(CallSessionAttributes.Tty, session.IsTty);
        w.Attribute(CallSessionAttributes.Streams, session.Streams);
        w.Attribute(CallSessionAttributes.Ports, session.Ports);
        w.Attribute(CallSessionAttributes.Protocol, session.Protocol);
        w.Attribute(CallSessionAttributes.Result, session.Result);
        w.KnownAttribute(CallSessionAttributes.ExitCode, session.ExitCode);
        w.Attribute(CallSessionAttributes.Failure, session.Failure);
        w.PositiveAttribute(CallSessionAttributes.InputBytes, session.InputBytes);
        w.PositiveAttribute(CallSessionAttributes.OutputBytes, session.OutputBytes);
        w.PositiveAttribute(CallSessionAttributes.ErrorBytes, session.ErrorBytes);
        w.PositiveAttribute(CallSessionAttributes.Resizes, session.Resizes);
        w.PositiveAttribute(CallSessionAttributes.Columns, session.Columns);
        w.PositiveAttribute(CallSessionAttributes.Rows, session.Rows);
        w.PositiveAttribute(CallSessionAttributes.Connections, session.Connections);
        w.Attribute(CallSessionAttributes.Undecoded, session.Undecoded);
        w.Attribute(CallSessionAttributes.Recorded, session.Recorded);
    }
}

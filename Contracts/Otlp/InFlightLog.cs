using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using KubeLens.Contracts.Calls;

namespace KubeLens.Contracts.Otlp;

/// <summary>Writes and reads the log records that tell of calls in flight.</summary>
public static class InFlightLog
{
    private const int EventName = 12;

    // The end of the year 9000.
    private const long LatestMilliseconds = 221_876_927_999_999;

    private static readonly TimeSpan LongestInterval = TimeSpan.FromHours(1);

    /// <summary>A call as it is at its start. Its event name comes last, and of a repeated field the last one holds.</summary>
    public static void WriteOpen(CallRecord call, IBufferWriter<byte> output)
    {
        CallLogWriter.WriteCall(call, output);
        new ProtobufWriter(output).String(EventName, InFlightAttributes.OpenEvent);
    }

    /// <summary>How far a call has come: after <see cref="WriteOpen"/> it replaces what that said.</summary>
    public static void WriteProgress(DateTimeOffset time, long latencyUs, long requestBytes, long responseBytes, IBufferWriter<byte> output)
    {
        var w = new ProtobufWriter(output);
        w.Time(time);
        w.Attribute(CallAttributes.Duration, latencyUs);
        w.Attribute(CallAttributes.RequestBytes, requestBytes);
        w.Attribute(CallAttributes.ResponseBytes, responseBytes);
    }

    public static void WriteLease(GatewayLease lease, DateTimeOffset time, IBufferWriter<byte> output)
    {
        var w = new ProtobufWriter(output);
        w.Time(time);
        w.String(EventName, InFlightAttributes.LeaseEvent);
        w.Attribute(CallAttributes.Gateway, lease.Gateway);
        w.Attribute(CallAttributes.Boot, lease.Boot);
        w.Attribute(InFlightAttributes.LeaseInterval, (long)lease.Interval.TotalMilliseconds);
        if (lease.DeliveredUntil is { } delivered)
        {
            w.Attribute(InFlightAttributes.LeaseDelivered, delivered.ToUnixTimeMilliseconds());
        }
    }

    /// <summary>Whether a record is about calls in flight, and no call of its own.</summary>
    public static bool IsEvent(OtlpLog log) => log.EventName is InFlightAttributes.OpenEvent or InFlightAttributes.LeaseEvent;

    /// <summary>False, with an error that names the attribute, when it is no such call: also without a boot and a number, which it is known under.</summary>
    public static bool TryReadOpen(OtlpLog log, [NotNullWhen(true)] out CallRecord? call, out string error)
    {
        if (!CallLogReader.TryRead(log, InFlightAttributes.OpenEvent, out call, out error))
        {
            return false;
        }

        error = !OpenCallId.IsBoot(call.Boot) ? $"{CallAttributes.Boot}: expected 16 hexadecimal digits"
            : call.Sequence == 0 ? $"{CallAttributes.Sequence}: expected a whole number from 1"
            : "";
        call = error.Length == 0 ? call : null;
        return call is not null;
    }

    public static bool TryReadLease(OtlpLog log, [NotNullWhen(true)] out GatewayLease? lease, out string error)
    {
        var a = log.ByKey;
        var (gateway, boot) = (a.Text(CallAttributes.Gateway), a.Text(CallAttributes.Boot));
        var milliseconds = a.Number(InFlightAttributes.LeaseInterval, long.MinValue, long.MaxValue);
        long? delivered = a.Has(InFlightAttributes.LeaseDelivered) ? a.Number(InFlightAttributes.LeaseDelivered, long.MinValue, long.MaxValue) : null;
        error = !OpenCallId.IsBoot(boot) ? $"{CallAttributes.Boot}: expected 16 hexadecimal digits"
            : delivered is < 0 or > LatestMilliseconds ? $"{InFlightAttributes.LeaseDelivered}: expected a whole number from 0 to {LatestMilliseconds}"
            : milliseconds < 1 || milliseconds > LongestInterval.TotalMilliseconds ? $"{InFlightAttributes.LeaseInterval}: expected a whole number from 1 to {LongestInterval.TotalMilliseconds}"
            : "";
        lease = error.Length == 0 ? new GatewayLease(gateway, boot, TimeSpan.FromMilliseconds(milliseconds), delivered is { } until ? DateTimeOffset.FromUnixTimeMilliseconds(until) : null) : null;
        return lease is not null;
    }
}

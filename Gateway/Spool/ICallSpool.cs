namespace KubeLens.Gateway.Spool;

/// <summary>
/// The gateway's durable queue of calls. Appending is a copy into mapped memory without a system call: what was appended
/// survives a kill -9 of this process. Thread-safe. The spool belongs to one process at a time.
/// </summary>
internal interface ICallSpool
{
    /// <summary>This start of the gateway, 16 hexadecimal digits.</summary>
    string Boot { get; }

    /// <summary>Appends what is known of a call at its last response byte.</summary>
    /// <param name="sequence">Unique within this boot.</param>
    /// <param name="record">An encoded OTLP LogRecord (<c>CallLogWriter.WriteCall</c>).</param>
    /// <param name="bodiesFollow">Whether <see cref="AppendBodies"/> will be called for this sequence; delivery waits for it for a bounded time.</param>
    /// <returns>False when the spool is full and the call was dropped, which it has counted.</returns>
    bool AppendCall(long sequence, ReadOnlySpan<byte> record, bool bodiesFollow);

    /// <summary>Appends what came later: a fragment that is concatenated to the record (<c>CallLogWriter.WriteBodies</c>, <c>WriteText</c>). Dropped and counted when there is no room.</summary>
    void AppendBodies(long sequence, ReadOnlySpan<byte> fragment);
}

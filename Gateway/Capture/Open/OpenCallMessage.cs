using System.Buffers;
using KubeLens.Contracts.Otlp;
using KubeLens.Gateway.Delivery;

namespace KubeLens.Gateway.Capture.Open;

/// <summary>One OTLP request: the gateway's lease, and calls that run. Not through the spool: a lost one costs nothing, the next says the same.</summary>
internal sealed class OpenCallMessage
{
    private readonly ArrayBufferWriter<byte> _record = new(4 * 1024);
    private readonly List<Action> _accepted = [];
    private readonly BatchEncoder _encoder;
    private readonly GatewayLease _lease;
    private readonly TimeProvider _clock;

    /// <param name="encoder">This message's until it is finished.</param>
    public OpenCallMessage(BatchEncoder encoder, GatewayLease lease, TimeProvider clock)
    {
        (_encoder, _lease, _clock) = (encoder, lease, clock);
        encoder.Begin();
    }

    public int Calls => _accepted.Count;

    public void Add(OpenCall call)
    {
        _record.ResetWrittenCount();
        _accepted.Add(call.Write(_clock, _record));
        _encoder.Add(_record.WrittenSpan);
    }

    public ReadOnlyMemory<byte> Finish()
    {
        _record.ResetWrittenCount();
        InFlightLog.WriteLease(_lease, _clock.GetUtcNow(), _record);
        _encoder.Add(_record.WrittenSpan);
        return _encoder.Finish();
    }

    /// <summary>The Store has it.</summary>
    public void Accepted() => _accepted.ForEach(note => note());
}

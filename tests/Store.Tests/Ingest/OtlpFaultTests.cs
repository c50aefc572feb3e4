using Google.Protobuf;
using KubeLens.Store.Ingest;

namespace KubeLens.Store.Tests.Ingest;

public sealed class OtlpFaultTests
{
    // Its last field is the event name of the last record.
    private static readonly byte[] Whole = Otlp.Request(SampleCalls.Batch(3).Select(Otlp.Record)).ToByteArray();

    [Fact]
    public void Locate_WholeRequest_HasNoFault() => OtlpFault.Locate(Whole, "nothing").ShouldBe("nothing");

    [Fact]
    public void Locate_CutAnywhere_NamesAPlaceBeforeTheCut()
    {
        for (var length = 1; length < Whole.Length; length++)
        {
            var fault = OtlpFault.Locate(Whole.AsSpan(0, length), "");
            var at = fault.IndexOf(" at byte ", StringComparison.Ordinal);
            at.ShouldBeGreaterThan(0, $"cut at {length}: {fault}");
            int.Parse(fault[(at + 9)..fault.IndexOf(':', at)], null).ShouldBeLessThanOrEqualTo(length);
        }

        OtlpFault.Locate(Whole.AsSpan(0, Whole.Length - 5), "").ShouldStartWith("resource_logs[0].scope_logs[0].log_records[2] at byte ");
    }
}

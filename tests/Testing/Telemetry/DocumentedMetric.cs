namespace KubeLens.Testing;

/// <summary>A metric as <c>docs/telemetry.md</c> has it.</summary>
/// <param name="Instrument"><c>counter</c>, <c>updown</c>, <c>gauge</c> or <c>histogram</c>.</param>
public sealed record DocumentedMetric(string Name, string Meter, string Instrument, string Unit, IReadOnlyList<string> Attributes)
{
    /// <summary>Without attributes, to be compared.</summary>
    public override string ToString() => $"{Name} of {Meter}: {Instrument} in {Unit}";
}

namespace KubeLens.Store.Sealing;

/// <summary>What of a call is in the pairs of a <see cref="ChunkSignature"/>. The numbers are stored.</summary>
internal enum PairPart
{
    User = 1,
    Verb = 2,
    Resource = 3,
    Namespace = 4,
    Status = 5,
    StatusClass = 6,
}

/// <param name="Part">Of what.</param>
/// <param name="Value">A dictionary id, a status, or the first digit of one.</param>
internal readonly record struct PairValue(PairPart Part, long Value);

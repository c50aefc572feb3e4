namespace KubeLens.Contracts.Health;

/// <summary>What the database takes, in bytes, indexes included.</summary>
/// <param name="Database">All of it.</param>
/// <param name="HotCalls">Calls that are not sealed.</param>
/// <param name="HotBodies">Their headers and bodies.</param>
/// <param name="SealedCalls">Sealed calls.</param>
/// <param name="SealedBodies">Their headers and bodies.</param>
/// <param name="Counts">What is counted ahead.</param>
/// <param name="Ledger">Which calls of which batch are stored.</param>
/// <param name="Limit">What calls, bodies and ledger may take; null for no limit.</param>
public sealed record SpaceStatus(long Database, long HotCalls, long HotBodies, long SealedCalls, long SealedBodies, long Counts, long Ledger, long? Limit);

namespace KubeLens.Contracts.Health;

/// <summary>One part of a status.</summary>
/// <typeparam name="T">What is known of it.</typeparam>
/// <param name="Health">One of <see cref="StatusHealth"/>.</param>
/// <param name="Reason">Why it is not <see cref="StatusHealth.Ok"/>, in one sentence; empty where it is.</param>
/// <param name="LastFault">The last one that the answering process met, however long ago and whether or not it is over; null for none since its start.</param>
/// <param name="Value">Null when it could not be read.</param>
public sealed record StatusPart<T>(string Health, string Reason, StatusFault? LastFault, T? Value)
    where T : class;

namespace KubeLens.Contracts.Health;

/// <summary>How far closed hours are packed.</summary>
/// <param name="Enabled">Whether the answering Store seals; another may.</param>
/// <param name="OpenHours">Hours that have calls outside of chunks, the current one included; those that came late for a sealed hour do not count.</param>
/// <param name="SealedHours">Hours that have sealed calls.</param>
/// <param name="DueHours">Of the open ones those whose time has come.</param>
/// <param name="OldestDue">The oldest of these; null for none.</param>
/// <param name="LastSealedAt">When something was last sealed; null for never.</param>
public sealed record SealingStatus(bool Enabled, int OpenHours, int SealedHours, int DueHours, DateTimeOffset? OldestDue, DateTimeOffset? LastSealedAt);

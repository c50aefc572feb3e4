namespace KubeLens.Gateway.Capture.Sessions.Recording;

/// <summary>When something came.</summary>
/// <param name="At">Since the session began.</param>
/// <param name="Turn">Grows whenever another channel has its turn: the order of what came, however short the time between.</param>
internal readonly record struct RecordedMoment(TimeSpan At, int Turn);

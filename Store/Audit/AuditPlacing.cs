namespace KubeLens.Store.Audit;

/// <summary>Events that became calls of their own.</summary>
internal readonly record struct AuditPlacing(int Bypass, int Conflict);

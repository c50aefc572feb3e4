namespace KubeLens.DemoCluster.Access;

/// <param name="Reason">Which binding allowed it; empty for nobody's and for system:masters, whom no rule binds.</param>
internal readonly record struct AccessDecision(bool Allowed, string Reason);

namespace KubeLens.DemoCluster.Access;

/// <summary>How authorization decided on a request; a feature of its HttpContext, for the audit.</summary>
internal sealed record AccessFeature(AccessDecision Decision);

using KubeLens.Testing;

namespace KubeLens.DemoCluster.Tests.Differential;

/// <summary>What a cluster answered to a step, with the names of the namespace and the node made neutral.</summary>
internal sealed record Answer(Step Step, Shape Shape, ProcessResult Result);

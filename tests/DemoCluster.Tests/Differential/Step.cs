namespace KubeLens.DemoCluster.Tests.Differential;

/// <summary>A kubectl command.</summary>
/// <param name="Command">Its words; <c>{ns}</c> and <c>{node}</c> are filled in, and it runs in that namespace.</param>
/// <param name="Fails">Whether it ends with another code than 0.</param>
/// <param name="Oldest">The minor version of the first kubectl that knows it.</param>
internal sealed record Step(string Command, Shows Shows, string Input = "", bool Fails = false, int Oldest = 20);

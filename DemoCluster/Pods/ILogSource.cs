using System.Text.Json.Nodes;

namespace KubeLens.DemoCluster.Pods;

/// <summary>What containers print.</summary>
internal interface ILogSource
{
    /// <summary>
    /// All lines of a container's runs, oldest first, each <c>2026-11-24T03:12:09.123456789Z text</c>. The same arguments
    /// give the same lines; a later <paramref name="until"/> adds some at the end, and some at the beginning may be gone.
    /// </summary>
    IEnumerable<string> Lines(JsonObject pod, string container, DateTimeOffset until);
}

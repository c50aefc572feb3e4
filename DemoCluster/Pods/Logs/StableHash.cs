namespace KubeLens.DemoCluster.Pods.Logs;

/// <summary>The same numbers in every process: FNV-1a of a text, and the finalizer of SplitMix64.</summary>
internal static class StableHash
{
    public static ulong Of(string text) => text.Aggregate(14695981039346656037UL, (hash, character) => unchecked((hash ^ character) * 1099511628211UL));

    public static ulong Mix(ulong value)
    {
        unchecked
        {
            value += 0x9E3779B97F4A7C15UL;
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
            return value ^ (value >> 31);
        }
    }
}

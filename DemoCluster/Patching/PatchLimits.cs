namespace KubeLens.DemoCluster.Patching;

/// <summary>What a patch may cost. The numbers of operations and of copied bytes are the API server's own.</summary>
internal static class PatchLimits
{
    /// <summary>Of the patch, and of what it makes of the object.</summary>
    public const int Depth = 100;

    public const int JsonPatchOperations = 10_000;

    /// <summary>Text that the copy operations of one patch may copy, together.</summary>
    public const int CopiedCharacters = 3 * 1024 * 1024;

    /// <summary>Values in a YAML body once its aliases are written out.</summary>
    public const int YamlNodes = 100_000;
}

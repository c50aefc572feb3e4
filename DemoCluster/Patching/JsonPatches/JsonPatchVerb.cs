namespace KubeLens.DemoCluster.Patching.JsonPatches;

internal enum JsonPatchVerb
{
    Add,
    Remove,
    Replace,
    Move,
    Copy,
    Test,
}

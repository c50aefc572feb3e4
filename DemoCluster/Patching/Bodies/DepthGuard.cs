using KubeLens.DemoCluster.Api.Errors;
using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace KubeLens.DemoCluster.Patching.Bodies;

/// <summary>Ends a scan before the YAML parser, which recurses, runs out of stack.</summary>
internal sealed class DepthGuard(IScanner inner) : IScanner
{
    private int _depth;

    public Mark CurrentPosition => inner.CurrentPosition;

    public Token? Current => inner.Current;

    public bool MoveNext() => Check(inner.MoveNext());

    public bool MoveNextWithoutConsuming() => Check(inner.MoveNextWithoutConsuming());

    public void ConsumeCurrent() => inner.ConsumeCurrent();

    private bool Check(bool moved)
    {
        _depth += inner.Current switch
        {
            BlockMappingStart or BlockSequenceStart or FlowMappingStart or FlowSequenceStart => 1,
            BlockEnd or FlowMappingEnd or FlowSequenceEnd => -1,
            _ => 0,
        };
        return _depth <= PatchLimits.Depth ? moved : throw ApiErrors.BadRequest($"error decoding YAML: nested deeper than {PatchLimits.Depth}");
    }
}

namespace KubeLens.DemoCluster.Api.Selectors;

internal enum LabelOperator
{
    In,

    /// <summary>Also true without the label.</summary>
    NotIn,

    Exists,
    DoesNotExist,
}

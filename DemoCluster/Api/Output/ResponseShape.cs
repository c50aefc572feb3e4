namespace KubeLens.DemoCluster.Api.Output;

/// <summary>As what the client wants to see objects.</summary>
internal enum ResponseShape
{
    Object,
    Table,
    PartialMetadata,
}

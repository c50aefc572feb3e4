namespace KubeLens.DemoCluster.Tests.Differential;

/// <summary>What of a command's output has to agree. Exit code and error always have to.</summary>
internal enum Shows
{
    /// <summary>Nothing more: versions, addresses, times and what only a real cluster has.</summary>
    Anything,

    /// <summary>The output, word for word.</summary>
    Text,

    /// <summary>The column headers of its tables.</summary>
    Columns,

    /// <summary>kind, apiVersion, the kinds of the items, and the names of the fields of metadata and spec.</summary>
    Json,

    /// <summary>The headings: what stands before a colon at the beginning of a line.</summary>
    Headings,
}

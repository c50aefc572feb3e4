namespace KubeLens.DemoCluster.Schemas;

/// <summary>The leaves of a schema.</summary>
internal enum ScalarKind
{
    String,
    Int32,
    Int64,
    Bool,

    /// <summary>Base64 text.</summary>
    Bytes,
    Time,
    MicroTime,
    Quantity,
    IntOrString,

    /// <summary>Anything at all: nobody looks inside.</summary>
    Any,

    /// <summary>A set of fields, as managedFields keeps them.</summary>
    Fields,
}

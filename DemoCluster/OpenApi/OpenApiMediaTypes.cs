namespace KubeLens.DemoCluster.OpenApi;

internal static class OpenApiMediaTypes
{
    public const string V2Protobuf = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";

    /// <summary>The same without the @, which is no legal media type; newer clients say this.</summary>
    public const string V2ProtobufLegal = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

    /// <summary>Whether a client would take protobuf, and would not rather have JSON.</summary>
    public static bool WantsV2Protobuf(string accept)
    {
        var first = accept.Split(',')[0].Split(';')[0].Trim();
        return first is V2Protobuf or V2ProtobufLegal;
    }
}

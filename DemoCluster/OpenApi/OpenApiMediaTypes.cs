namespace KubeLens.DemoCluster.OpenApi;

internal static class OpenApiMediaTypes
{
    /// <summary>What is sent: Go parses the Content-Type, and the name that clients ask for has an @, which is not legal there.</summary>
    public const string V2Protobuf = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

    private const string V2ProtobufAsAsked = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";

    /// <summary>Whether a client would take protobuf, and would not rather have JSON.</summary>
    public static bool WantsV2Protobuf(string accept)
    {
        var first = accept.Split(',')[0].Split(';')[0].Trim();
        return first is V2Protobuf or V2ProtobufAsAsked;
    }
}

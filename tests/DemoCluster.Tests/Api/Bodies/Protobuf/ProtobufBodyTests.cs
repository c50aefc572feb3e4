using KubeLens.DemoCluster.Api;
using KubeLens.DemoCluster.Api.Bodies.Protobuf;

namespace KubeLens.DemoCluster.Tests.Api.Bodies.Protobuf;

public sealed class ProtobufBodyTests
{
    [Theory]
    [InlineData("")]
    [InlineData("7b7d")]
    [InlineData("6b387300ffff")]
    [InlineData("6b3873000a0f0a027631120953656372657421")] // cut
    public void Read_NoProtobuf_IsABadRequest(string hex) =>
        Should.Throw<ApiException>(() => ProtobufBody.Read(Convert.FromHexString(hex))).Code.ShouldBe(400);

    [Fact]
    public void Read_FieldThatIsNotKnown_IsRefusedByName() =>
        Should.Throw<ApiException>(() => ProtobufBody.Read(Envelope("v1", "ConfigMap", [0x4a, 0x01, 0x61]))).Message.ShouldContain("field 9 of ConfigMap");

    [Fact]
    public void Read_KindThatIsNotKnown_IsRefusedByName()
    {
        var refusal = Should.Throw<ApiException>(() => ProtobufBody.Read(Envelope("v1", "Event", [])));

        (refusal.Code, refusal.Reason).ShouldBe((415, "UnsupportedMediaType"));
        refusal.Message.ShouldContain("Event");
    }

    [Fact]
    public void Read_EmptyFieldThatIsNotKnown_IsNothing() =>
        ProtobufBody.Read(Envelope("v1", "ConfigMap", [0x4a, 0x00, 0x12, 0x06, 0x0a, 0x01, 0x61, 0x12, 0x01, 0x62])).ToJsonString().ShouldBe("""{"kind":"ConfigMap","apiVersion":"v1","data":{"a":"b"}}""");

    private static byte[] Envelope(string version, string kind, byte[] raw)
    {
        byte[] type = [0x0a, (byte)version.Length, .. System.Text.Encoding.ASCII.GetBytes(version), 0x12, (byte)kind.Length, .. System.Text.Encoding.ASCII.GetBytes(kind)];
        return [.. "k8s\0"u8, 0x0a, (byte)type.Length, .. type, 0x12, (byte)raw.Length, .. raw];
    }
}

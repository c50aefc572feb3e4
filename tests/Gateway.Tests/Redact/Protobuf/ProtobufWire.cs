using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeLens.Gateway.Tests.Redact.Protobuf;

/// <summary>Protobuf bodies: those that a real apiserver and kubectl sent, and pieces to build others of.</summary>
internal static class ProtobufWire
{
    public const string ContentType = "application/vnd.kubernetes.protobuf";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Sent by kube-apiserver 1.20 and kubectl 1.32; secret values in them begin with <c>CANARY</c>.</summary>
    public static byte[] Golden(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Redact", "Golden", name + ".bin"));

    public static byte[] Envelope(string kind, params byte[][] raw) => [.. "k8s\0"u8, .. Field(1, Join(Field(1, "v1"), Field(2, kind))), .. Field(2, Join(raw)), .. Field(3, ""), .. Field(4, "")];

    /// <summary>As Kubernetes' code writes it, with more fields after it.</summary>
    public static byte[] Meta(string name, params byte[][] more) => Join([Field(1, name), Field(2, ""), Field(3, "shop"), Field(8, ""), .. more]);

    public static byte[] ListMeta(string version) => Join(Field(1, ""), Field(2, version), Field(3, ""));

    public static byte[] Field(int number, byte[] content) => [.. Varint(((ulong)number << 3) | 2), .. Varint((ulong)content.Length), .. content];

    public static byte[] Field(int number, string content) => Field(number, Encoding.UTF8.GetBytes(content));

    public static byte[] Field(int number, long value) => [.. Varint((ulong)number << 3), .. Varint((ulong)value)];

    public static byte[] Entry(string key, string value) => Join(Field(1, key), Field(2, value));

    /// <summary>What is kept without what is known by the numbers of fields alone: type and metadata of an object, of a list, of events.</summary>
    public static string WithoutTrees(string kept)
    {
        var lines = kept.Split('\n').Select(line => JsonNode.Parse(line)!.AsObject()).ToList();
        foreach (var line in lines)
        {
            var top = line["object"]?.AsObject() ?? line;
            foreach (var item in top["items"]?.AsArray().Select(node => node!.AsObject()) ?? [])
            {
                item.Remove("fields");
            }

            top.Remove("fields");
            top.Remove("type");
        }

        return string.Join('\n', lines.Select(line => line.ToJsonString(Plain)));
    }

    public static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(p => p)];

    private static IEnumerable<byte> Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            yield return (byte)(value | 0x80);
        }

        yield return (byte)value;
    }
}

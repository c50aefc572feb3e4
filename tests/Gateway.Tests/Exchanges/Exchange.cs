using System.Text;
using System.Text.Json;

namespace KubeLens.Gateway.Tests.Exchanges;

/// <summary>
/// An exchange as it was on the wire, in a folder of its own: <c>request.http</c> and <c>response.http</c> byte for byte (with CRLF),
/// what cannot be read as text after them in <c>request.body</c> and <c>response.body</c>, how it went where that is not plain in
/// <c>exchange.json</c>, and what the gateway makes of it in <c>record.json</c>.
/// </summary>
internal sealed record Exchange(string Folder, string Name)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };

    private Course? _course;

    public Course Course => _course ??= File.Exists(InFolder("exchange.json")) ? JsonSerializer.Deserialize<Course>(File.ReadAllText(InFolder("exchange.json")), Json)! : new Course();

    public string Record => InFolder("record.json");

    public bool HasRequest => File.Exists(InFolder("request.http"));

    public bool HasResponse => File.Exists(InFolder("response.http"));

    /// <summary>Whether it goes on in another protocol after its heads; the body files are what then passes.</summary>
    public bool IsUpgrade => HasResponse && WireReader.Status(Encoding.Latin1.GetString(Read("response.http"))) == 101;

    /// <summary>The target of the request line, as it is.</summary>
    public string Target => Encoding.Latin1.GetString(Read("request.http")).Split("\r\n")[0].Split(' ') is [_, .. var target, _] ? string.Join(' ', target) : "";

    public bool IsHead => Read("request.http").AsSpan().StartsWith("HEAD "u8);

    public byte[] RequestHead => Read("request.http");

    public byte[] RequestBody => Read("request.body");

    public byte[] ResponseHead => Read("response.http");

    public byte[] ResponseBody => Read("response.body");

    /// <summary>Every exchange, by its folders: <c>group/name</c>.</summary>
    public static IReadOnlyList<Exchange> All(string root) =>
        [.. Directory.GetDirectories(root).SelectMany(Directory.GetDirectories).Order(StringComparer.Ordinal).Select(folder => new Exchange(folder, Path.GetRelativePath(root, folder)))];

    private byte[] Read(string file) => File.Exists(InFolder(file)) ? File.ReadAllBytes(InFolder(file)) : [];

    private string InFolder(string file) => Path.Combine(Folder, file);
}

using System.Text.Json;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Search;
using KubeLens.Store.Packing;

namespace KubeLens.Store.Objects;

/// <summary>The object in a call's answer.</summary>
/// <param name="Call">Whose answer.</param>
/// <param name="Root">As it was kept: redacted.</param>
/// <param name="Bytes">Of its text.</param>
/// <param name="RedactedValues">In the body.</param>
internal sealed record ObjectBody(ObjectCall Call, JsonElement Root, int Bytes, int RedactedValues)
{
    private static readonly string[] OtherKinds = ["Status", "PartialObjectMetadata", "Scale", "Eviction", "Binding", "DeleteOptions"];

    public string Uid => Root.Member("metadata")?.Member("uid").Text() ?? "";

    public string ResourceVersion => Root.Member("metadata")?.Member("resourceVersion").Text() ?? "";

    /// <summary>Group and version: the same object looks different in another one.</summary>
    public string ApiVersion => Root.Member("apiVersion").Text();

    /// <summary>Null where the answer is no object, or not the whole of it: a status, columns of a Table, metadata only, fields without names, a body that was cut or not kept.</summary>
    public static ObjectBody? Of(ObjectCall call, StoredCall stored)
    {
        if (!call.MayHaveState || stored.ResponseBody is not { Note: (int)CallBodyNote.Whole } body || ObjectJson.Read(body.Content.Span) is not { } json)
        {
            return null;
        }

        var root = WholeRow(json) ?? json;
        var found = new ObjectBody(call, root, body.Content.Length, body.RedactedValues);
        var isObject = found.Uid.Length > 0 && !OtherKinds.Contains(root.Member("kind").Text()) && root.Member("metadata")?.Member("name").Text() == call.Item.Name;
        return isObject && (call.Uid.Length == 0 || string.Equals(call.Uid, found.Uid, StringComparison.OrdinalIgnoreCase)) ? found : null;
    }

    public ObjectState ToState() => new(Call.Item.Id, Call.Item.Time, ResourceVersion, ObjectJson.Print(Root), RedactedValues);

    // kubectl asks for {"kind":"Table","rows":[{"cells":[…],"object":{…}}]}: the object is whole only with includeObject=Object.
    private static JsonElement? WholeRow(JsonElement json) =>
        json.Member("kind").Text() == "Table" && json.Member("rows") is { ValueKind: JsonValueKind.Array } rows && rows.GetArrayLength() == 1 ? rows[0].Member("object") : null;
}

using System.Text.Json;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Search;
using KubeLens.Store.Packing;
using KubeLens.Store.Search;

namespace KubeLens.Store.Objects;

/// <summary>What the bodies of a call on an object say.</summary>
/// <param name="Object">What the record has of it.</param>
/// <param name="Body">The object in the answer; null without one.</param>
/// <param name="Touched">What a patch says anything of; null where that is not known, and for other calls.</param>
/// <param name="Replicas">What a scale wants after the call; null for other calls.</param>
/// <param name="Bytes">Of what was read.</param>
internal sealed record ObjectFacts(ObjectItem Object, ObjectBody? Body, TouchedPaths? Touched, JsonElement? Replicas, int Bytes)
{
    public static ObjectFacts Of(ObjectCall call, StoredCall stored)
    {
        var (request, response) = (stored.RequestBody, stored.ResponseBody);
        return new ObjectFacts(
            FactItems.Object(call.Row, stored),
            ObjectBody.Of(call, stored),
            call.Item.Verb == "patch" && IsWhole(request) && ObjectJson.Read(request.Content.Span) is { } patch ? TouchedPaths.Of(patch) : null,
            call is { Item.Subresource: ObjectSubresources.Scale, IsChange: true } && IsWhole(response) ? ReplicasOf(response) : null,
            (request?.Content.Length ?? 0) + (response?.Content.Length ?? 0));
    }

    private static bool IsWhole(StoredBody? body) => body is { Note: (int)CallBodyNote.Whole };

    private static JsonElement? ReplicasOf(StoredBody body) =>
        ObjectJson.Read(body.Content.Span) is { } scale && scale.Member("kind").Text() == "Scale" && scale.Member("spec")?.Member("replicas") is { ValueKind: JsonValueKind.Number } replicas ? replicas : null;
}

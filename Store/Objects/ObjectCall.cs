using KubeLens.Contracts.Search;
using KubeLens.Store.Database;
using KubeLens.Store.Search;

namespace KubeLens.Store.Objects;

/// <summary>A call on an object, as far as its row tells of it.</summary>
/// <param name="Row">Of the call.</param>
/// <param name="Item">The same, readable.</param>
/// <param name="IsDryRun">It asked for a dry run.</param>
internal sealed record ObjectCall(Call Row, CallItem Item, bool IsDryRun)
{
    public static ObjectCall Of(Call row, IReadOnlyDictionary<int, Dim> texts) =>
        new(row, CallItems.Item(row, texts), row.OptionsId is { } options && FactItems.Part(texts[options], OptionParts.DryRun).Length > 0);

    public DateTime At => Row.At;

    public DateTime StartedAt => CallDetailsReader.StartOf(Row).UtcDateTime;

    public bool IsRead => Item.Verb == "get";

    public bool Succeeded => Row.Status is >= StatusCodes.Status200OK and < StatusCodes.Status300MultipleChoices;

    /// <summary>The resource version that the object has after a write, or had when it was read; empty where the call left none that is known.</summary>
    public string Version => Succeeded && !IsDryRun ? Row.ResourceVersion : "";

    /// <summary>Empty where the answer did not tell it.</summary>
    public string Uid => Row.Uid?.ToString("D") ?? "";

    /// <summary>A call that changed the object, as far as it is known to.</summary>
    public bool IsChange => !IsRead && Version.Length > 0;

    /// <summary>Its answer may be the object. Only its body says whether it is.</summary>
    public bool MayHaveState => Succeeded && !IsDryRun && ObjectSubresources.AnswersObject(Item.Subresource);

    /// <summary>The key of its object; null where the call is about no single one.</summary>
    public ObjectKey? Key => Item is { Resource.Length: > 0, Name.Length: > 0 } && ObjectKey.Verbs.Contains(Item.Verb)
        && (Item.Subresource.Length == 0 || ObjectSubresources.All.Contains(Item.Subresource))
        ? ObjectKey.Of(Item.ApiGroup, Item.Resource, Item.Namespace, Item.Name)
        : null;
}

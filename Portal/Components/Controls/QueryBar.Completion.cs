using System.Collections.Immutable;
using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;
using KubeLens.Portal.Components.Layout;
using KubeLens.Portal.Search;
using KubeLens.Portal.Search.Completion;
using KubeLens.Portal.Store;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace KubeLens.Portal.Components.Controls;

/// <content>What may be written at the caret. The browser asks when the typing rests, and drops answers that come too late.</content>
public sealed partial class QueryBar
{
    private const string Module = "./Components/Controls/QueryBar.razor.js";

    // So many values are asked for, to find those that contain what was typed.
    private const int ValuesAsked = 50;

    private static readonly ImmutableArray<string> CountedFields = [.. FacetText.Fields, "gateway"];

    private readonly Dictionary<(string Field, SearchUrl Search), CallFacet> _values = [];
    private readonly Attached _completer = new();
    private DotNetObjectReference<QueryBar>? _self;
    private ElementReference _form;

    [Inject]
    private StoreCalls Calls { get; set; } = default!;

    /// <summary>What may stand at the caret; null for nothing.</summary>
    /// <param name="text">The whole field.</param>
    /// <param name="caret">Characters before it.</param>
    [JSInvokable]
    public async Task<QueryCompletion?> CompleteAsync(string text, int caret)
    {
        if (QueryCaret.At(text ?? "", caret) is not { } at)
        {
            return null;
        }

        var options = at.Field is not { } field ? QueryOption.Fields(at.Typed) : QueryOption.Choices(field, at.Typed) ?? await ValuesAsync(field, at);
        return options.Count == 0 || (options.Count == 1 && options[0].Text == at.Typed) ? null : new QueryCompletion(at.Start, at.End, at.Field is not null && !at.IsInList, options);
    }

    private async Task<IReadOnlyList<QueryOption>> ValuesAsync(QueryField field, QueryCaret at)
    {
        if (!CountedFields.Contains(field.Name))
        {
            return [];
        }

        // Not by what is in bodies: that takes its time, and is recorded of whoever asks, who has not asked yet.
        var search = Url with { Query = QueryPrinter.Print(QueryBodies.Without(at.Rest)), Selected = "", Tab = "" };
        if (!_values.TryGetValue((field.Name, search), out var facet))
        {
            // Without an answer there are no options, which is no reason to stop anybody from writing.
            var answer = await Calls.FacetsAsync(search, [field.Name], _gone.Token, ValuesAsked);
            if (answer.Value is not { Fields: [var counted] })
            {
                return [];
            }

            _values[(field.Name, search)] = facet = counted;
        }

        return QueryOption.Counted(field, facet, at.Typed);
    }

    private Task AttachAsync()
    {
        _self = DotNetObjectReference.Create(this);
        return _completer.AttachAsync(Browser, Module, _gone.Token, _form, _self);
    }
}

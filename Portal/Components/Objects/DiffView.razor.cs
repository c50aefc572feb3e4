using KubeLens.Contracts.Search;
using KubeLens.Portal.Markup;
using KubeLens.Portal.Objects;
using Microsoft.AspNetCore.Components;

namespace KubeLens.Portal.Components.Objects;

/// <summary>Two states of an object as YAML, line by line; or one of them, where there is no other.</summary>
public sealed partial class DiffView
{
    private static readonly IReadOnlyList<(bool IsBrief, string Text)> Fields = [(true, "Brief"), (false, "All fields")];
    private static readonly IReadOnlyList<(bool IsWhole, string Text)> Lines = [(false, "Changes"), (true, "Whole")];
    private static readonly IReadOnlyList<(bool IsSplit, string Text)> Columns = [(false, "Unified"), (true, "Split")];

    private IReadOnlyList<DiffLine>? _lines = [];
    private MarkupString _markup;
    private (ObjectState?, ObjectState?, bool) _seen;
    private bool _isAlike;
    private bool _isBrief = true;
    private bool _isSplit;
    private bool _isWhole;

    /// <summary>Null: there was nothing, or it is not known.</summary>
    [Parameter, EditorRequired]
    public ObjectState? Before { get; set; }

    /// <summary>Null: there is nothing any more, or it is not known.</summary>
    [Parameter, EditorRequired]
    public ObjectState? After { get; set; }

    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>With one side only: it neither came nor went, it is just what is known.</summary>
    [Parameter]
    public bool IsState { get; set; }

    private bool IsOneSided => Before is null || After is null;

    private bool IsSplit => _isSplit && !IsOneSided;

    protected override void OnParametersSet()
    {
        if (_seen != (Before, After, IsState))
        {
            _seen = (Before, After, IsState);
            Compare();
        }
    }

    private void Set(ref bool choice, bool value)
    {
        choice = value;
        Compare();
    }

    private void Arrange(bool isSplit)
    {
        _isSplit = isSplit;
        Paint();
    }

    private void Compare()
    {
        _lines = IsState ? LineDiff.Of(Text(Before ?? After), Text(Before ?? After), isWhole: true) : LineDiff.Of(Text(Before), Text(After), _isWhole);
        _isAlike = !IsOneSided && _lines?.All(line => line.Kind is DiffKind.Same or DiffKind.Folded) == true;
        Paint();
    }

    // Not in each rendering: the page around it is rendered more often than the texts change.
    private void Paint() => _markup = (MarkupString)(_lines is null ? "" : IsSplit ? DiffMarkup.Split(_lines) : DiffMarkup.Unified(_lines));

    private string Text(ObjectState? state) => state is null ? "" : ObjectYaml.Of(state.Text, _isBrief);
}

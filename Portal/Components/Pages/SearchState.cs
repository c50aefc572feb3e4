namespace KubeLens.Portal.Components.Pages;

internal enum SearchState
{
    Loading,
    Ready,

    /// <summary>Nothing was ever recorded.</summary>
    EmptyNone,

    /// <summary>Something was, but nothing that matches.</summary>
    EmptyFiltered,

    /// <summary>The query or its range has errors.</summary>
    BadQuery,

    /// <summary>The Store gave no answer.</summary>
    Error,
}

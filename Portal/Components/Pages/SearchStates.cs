namespace KubeLens.Portal.Components.Pages;

internal static class SearchStates
{
    /// <summary>As of <c>data-state</c>.</summary>
    public static string ToName(this SearchState state) => state switch
    {
        SearchState.Loading => "loading",
        SearchState.Ready => "ready",
        SearchState.EmptyNone => "empty-none",
        SearchState.EmptyFiltered => "empty-filtered",
        _ => "error",
    };
}

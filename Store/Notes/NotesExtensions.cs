using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KubeLens.Store.Notes;

internal static class NotesExtensions
{
    /// <summary>Needs the parts of <c>AddSearch</c> and <c>AddInFlight</c>.</summary>
    public static WebApplicationBuilder AddNotes(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton<NoteTable>();
        builder.Services.TryAddSingleton<NotedCalls>();
        builder.Services.TryAddSingleton<NoteSweep>();
        return builder;
    }
}

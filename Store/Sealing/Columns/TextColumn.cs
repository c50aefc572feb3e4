using System.Text;

namespace KubeLens.Store.Sealing.Columns;

/// <summary>A decoded column of texts, as UTF-8.</summary>
/// <param name="Places">For each row the place of its text.</param>
/// <param name="All">Every distinct text, one after the other.</param>
/// <param name="Ends">Where each of them ends.</param>
internal sealed record TextColumn(long[] Places, ReadOnlyMemory<byte> All, int[] Ends)
{
    /// <summary>A column of rows that all lack it.</summary>
    public static TextColumn Empty(int calls) => new(new long[calls], ReadOnlyMemory<byte>.Empty, [0]);

    public string this[int row] => Encoding.UTF8.GetString(At((int)Places[row]));

    /// <summary>A distinct text: what is asked of texts is asked once of each.</summary>
    public ReadOnlySpan<byte> At(int place) => Slice(All.Span, Ends, place);

    /// <param name="all">As <see cref="All"/>.</param>
    /// <param name="ends">As <see cref="Ends"/>.</param>
    /// <param name="place">Of a text.</param>
    public static ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> all, int[] ends, int place) => all[(place == 0 ? 0 : ends[place - 1])..ends[place]];
}

using System.Text;

namespace KubeLens.Store.Sealing.Columns;

/// <summary>A decoded column of texts.</summary>
/// <param name="Places">For each row the place of its text.</param>
/// <param name="Distinct">The texts, as UTF-8: what is asked of them is asked once each.</param>
internal sealed record TextColumn(long[] Places, byte[][] Distinct)
{
    public string this[int row] => Encoding.UTF8.GetString(Distinct[Places[row]]);
}

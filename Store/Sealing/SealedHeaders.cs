using System.Globalization;
using KubeLens.Store.Database;
using KubeLens.Store.Packing;

namespace KubeLens.Store.Sealing;

/// <summary>
/// Header values that the row has already leave a mark in their place, since an audit-id does not compress. A mark is U+0001 and a letter; a
/// value that begins so gets one more U+0001.
/// </summary>
internal static class SealedHeaders
{
    private const string Mark = "\u0001";
    private const string AuditId = Mark + "a";
    private const string Date = Mark + "d";

    public static void Thin(StoredCall stored, Call row) => Change(stored, value =>
        value == AuditIdOf(row) ? AuditId : value == DateOf(row) ? Date : value.StartsWith(Mark, StringComparison.Ordinal) ? Mark + value : value);

    public static void Restore(StoredCall stored, Call row) => Change(stored, value => value switch
    {
        AuditId => AuditIdOf(row) ?? "",
        Date => DateOf(row),
        _ => value.StartsWith(Mark, StringComparison.Ordinal) ? value[1..] : value,
    });

    private static void Change(StoredCall stored, Func<string, string> change)
    {
        foreach (var header in stored.RequestHeaders.Concat(stored.ResponseHeaders))
        {
            for (var i = 0; i < header.Values.Count; i++)
            {
                header.Values[i] = change(header.Values[i]);
            }
        }
    }

    private static string? AuditIdOf(Call row) => row.AuditId?.ToString("D");

    private static string DateOf(Call row) => row.At.ToString("R", CultureInfo.InvariantCulture);
}

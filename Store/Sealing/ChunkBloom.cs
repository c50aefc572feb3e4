using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using KubeLens.Store.Database;

namespace KubeLens.Store.Sealing;

/// <summary>
/// Says of a value that is searched whole whether a chunk may have it: seven bits of a SHA-256, in about ten bits for each distinct value.
/// One in 120 that it has not passes.
/// </summary>
internal static class ChunkBloom
{
    private const int BitsPerValue = 10;
    private const int Probes = 7;

    /// <summary>The columns whose values are in it.</summary>
    public static readonly IReadOnlyList<string> Columns = ["audit_id", "trace_id", "uid", "session", "name", "batch_id"];

    public static byte[] Of(IReadOnlyList<Call> rows)
    {
        var keys = rows.SelectMany(ValuesOf).ToHashSet();
        var bloom = new byte[keys.Count * BitsPerValue / 8 + 8];
        foreach (var (column, value) in keys)
        {
            foreach (var probe in ProbesOf(column, value))
            {
                BitFilter.Set(bloom, probe);
            }
        }

        return bloom;
    }

    /// <summary>What of a call is in it.</summary>
    public static IEnumerable<(string Column, string Value)> ValuesOf(Call row) => new (string Column, string? Value)[]
    {
        ("audit_id", row.AuditId?.ToString("N")),
        ("trace_id", row.TraceId?.ToString("N")),
        ("uid", row.Uid?.ToString("N")),
        ("session", row.Session?.ToString("N")),
        ("name", row.Name.Length > 0 ? row.Name : null),
        ("batch_id", FormattableString.Invariant($"{row.BatchId}")),
    }.Where(pair => pair.Value is not null).Select(pair => (pair.Column, pair.Value!));

    /// <summary>Whether a call with this value may be there, as the database asks it.</summary>
    public static bool Has(byte[] bloom, string column, string value) =>
        ProbesOf(column, value).All(probe => BitFilter.Has(bloom, probe));

    /// <summary>Numbers which, modulo the bits of a bloom, are bits that are set in it if it has the value.</summary>
    /// <param name="column">One of <see cref="Columns"/>.</param>
    /// <param name="value">An id as 32 hexadecimal digits, a number or a text.</param>
    public static long[] ProbesOf(string column, string value)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{column}:{value}"), hash);
        var probes = new long[Probes];
        for (var i = 0; i < Probes; i++)
        {
            probes[i] = BinaryPrimitives.ReadUInt32BigEndian(hash[(4 * i)..]);
        }

        return probes;
    }
}

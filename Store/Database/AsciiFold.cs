namespace KubeLens.Store.Database;

/// <summary>Case is folded for ASCII only, as the database does (<see cref="StoreContext.Collation"/>).</summary>
internal static class AsciiFold
{
    /// <summary>Of one byte of UTF-8: in lower case.</summary>
    public static byte Of(byte b) => b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b | 0x20) : b;
}

namespace KubeLens.Gateway.Capture.Watches;

/// <summary>A container of CBOR that is open.</summary>
/// <param name="Left">Items that are still to come, keys among them; null until a break ends it.</param>
/// <param name="IsMap">Its items are keys and values in turn.</param>
/// <param name="IsKey">Of a map: a key comes next.</param>
internal readonly record struct CborLevel(ulong? Left, bool IsMap, bool IsKey)
{
    /// <summary>One item of it has passed.</summary>
    public CborLevel Next() => new(Left - 1, IsMap, IsMap && !IsKey);
}

using System.Globalization;
using System.Security.Cryptography;

namespace KubeLens.Gateway.Spool;

/// <summary>One start of the gateway.</summary>
/// <param name="Id">Random.</param>
/// <param name="BatchBase">31 random bits, not all zero, above 32 zero bits: what this boot's batch ids begin with.</param>
internal sealed record SpoolBoot(ulong Id, long BatchBase)
{
    /// <summary>16 hexadecimal digits.</summary>
    public string Text => Id.ToString("x16", CultureInfo.InvariantCulture);

    public static SpoolBoot New()
    {
        Span<byte> id = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(id);
        return new SpoolBoot(BitConverter.ToUInt64(id), (long)RandomNumberGenerator.GetInt32(1, int.MaxValue) << 32);
    }
}

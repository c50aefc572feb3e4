using System.Buffers.Binary;
using KubeLens.Store.Database;
using KubeLens.Store.Sealing;
using Microsoft.EntityFrameworkCore;

namespace KubeLens.Store.Packing;

/// <summary>Finds a call's headers and bodies again.</summary>
internal sealed class PackReader(IDbContextFactory<StoreContext> contexts, SealedPackReader sealedPacks)
{
    /// <summary>Null when the pack has been dropped.</summary>
    public async Task<StoredCall?> ReadAsync(Call call, CancellationToken cancellationToken) =>
        await ReadPackAsync(call, cancellationToken) is { } raw ? Read(raw, call) : null;

    /// <summary>The call's whole pack, decompressed; null when it has been dropped.</summary>
    public async Task<byte[]?> ReadPackAsync(Call call, CancellationToken cancellationToken)
    {
        if (call.Segment != 0)
        {
            return await sealedPacks.ReadAsync(call, cancellationToken);
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var pack = await context.Packs.SingleOrDefaultAsync(p => p.BatchId == call.BatchId && p.Seq == call.PackSeq && p.DropDay == call.DropDay, cancellationToken);
        return pack is null ? null : PackCodec.Decompress(pack.Codec, pack.Data, pack.RawLength);
    }

    internal static StoredCall Read(ReadOnlySpan<byte> raw, Call call)
    {
        var stored = Read(raw, call.PackOrd);
        if (call.Segment != 0)
        {
            SealedHeaders.Restore(stored, call);
        }

        return stored;
    }

    internal static StoredCall Read(ReadOnlySpan<byte> raw, int ord)
    {
        for (; ord > 0; ord--)
        {
            raw = raw[(sizeof(int) + Length(raw))..];
        }

        return StoredCall.Parser.ParseFrom(raw.Slice(sizeof(int), Length(raw)));
    }

    private static int Length(ReadOnlySpan<byte> raw) => BinaryPrimitives.ReadInt32LittleEndian(raw);
}

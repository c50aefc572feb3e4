using System.Buffers;
using KubeLens.Gateway.Redact.Json;
using KubeLens.Gateway.Redact.Protobuf.Tree;
using Microsoft.Extensions.ObjectPool;

namespace KubeLens.Gateway.Redact;

/// <summary>The buffers of one redaction, used again for the next and cleared in between.</summary>
internal sealed class RedactScratch(SecretNames names, FingerprintKey key) : IDisposable
{
    private const int LargestKept = 1_024 * 1_024;

    public ArrayBufferWriter<byte> Decoded { get; } = new(4 * 1_024);
    public ArrayBufferWriter<byte> Converted { get; } = new();
    public ArrayBufferWriter<byte> Output { get; } = new(4 * 1_024);
    public FieldTree Tree { get; } = new(names);
    public JsonRedactor Json { get; } = new(names, key);

    public void Dispose() => Json.Dispose();

    internal sealed class Policy(SecretNames names, FingerprintKey key) : IPooledObjectPolicy<RedactScratch>
    {
        public RedactScratch Create() => new(names, key);

        public bool Return(RedactScratch scratch)
        {
            scratch.Decoded.Clear();
            scratch.Converted.Clear();
            scratch.Output.Clear();
            if (scratch.Decoded.Capacity + scratch.Converted.Capacity + scratch.Output.Capacity <= LargestKept)
            {
                return true;
            }

            scratch.Dispose();
            return false;
        }
    }
}

using System.Globalization;
using System.Text;
using KubeLens.Gateway.Spool;

namespace KubeLens.Gateway.Delivery;

/// <summary>
/// Batches that the Store refused, one file each beside a text that says why: <c>dead-letter/{day}-{batch}.otlp.gz</c> and
/// <c>.txt</c>. Bounded; the oldest go first.
/// </summary>
internal sealed class DeadLetters(CallSpool spool, DeliveryOptions options, StoreClient store, TimeProvider time, ILogger<DeadLetters> log)
{
    private const string Extension = ".otlp.gz", TextExtension = ".txt";

    // Two batches may be under way, and both refused.
    private readonly Lock _trimming = new();

    private string Folder => Path.Combine(spool.Folder, "dead-letter");

    /// <summary>When it returns the batch is on the disk.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public async Task SetAsideAsync(Batch batch, DeliveryAnswer answer, CancellationToken cancellationToken)
    {
        PrivateFiles.CreateFolder(Folder);
        var name = Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyyMMdd'T'HHmmss}-{batch.Id:x16}"));
        var text = $"""
            Refused by {store.Address} at {time.GetUtcNow():O}
            Status: {(int?)answer.Status} {answer.Status}
            Message: {answer.Message}
            Batch: {batch.Id}, {batch.Calls} calls
            The file beside this one is the request's body. Once the reason is gone it may be sent again:
              curl -H 'Content-Type: application/x-protobuf' -H 'Content-Encoding: gzip' -H 'Authorization: Bearer TOKEN' --data-binary @{Path.GetFileName(name)}{Extension} {store.Address}

            """;
        await WriteAsync(name + TextExtension, Encoding.UTF8.GetBytes(text), cancellationToken);
        await WriteAsync(name + Extension, batch.Body, cancellationToken);
        Trim();
    }

    private static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var temporary = path + ".tmp";
        await using (var file = PrivateFiles.Open(temporary, FileMode.Create, FileShare.None))
        {
            await file.WriteAsync(content, cancellationToken);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    private void Trim()
    {
        using var alone = _trimming.EnterScope();
        var files = new DirectoryInfo(Folder).GetFiles('*' + Extension).OrderByDescending(file => file.Name, StringComparer.Ordinal);
        var kept = 0L;
        foreach (var file in files)
        {
            kept += file.Length;
            if (kept > options.DeadLetterBytes)
            {
                DeliveryLog.DeadLetterDropped(log, file.FullName);
                file.Delete();
                File.Delete(file.FullName[..^Extension.Length] + TextExtension);
            }
        }
    }
}

using KubeLens.Gateway.Capture;
using KubeLens.Gateway.Capture.Watches;
using KubeLens.Gateway.Redact;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace KubeLens.Bench.Capture;

/// <summary>The answer of a watch while it passes: each event counted and described, as <c>ResponseTee</c> has it done; nothing is kept of its body.</summary>
internal sealed record WatchCountCase(string Name, string ContentType, byte[] Body, int Events) : CaptureCase(Name, "", ContentType, Body, Events)
{
    private const int Piece = 16 * 1024;

    private static readonly IOptions<CaptureOptions> Settings = Microsoft.Extensions.Options.Options.Create(new CaptureOptions());

    private readonly WatchOpener _opener = new(new CaptureBudget(Settings), Settings, TimeProvider.System);

    /// <returns>0: a watch has one record, whatever passes.</returns>
    public override int Run(BodyRedactor redactor, IHeaderDictionary request, IHeaderDictionary response, int cap)
    {
        using var content = new ByteArrayContent([]);
        content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        using var watch = _opener.Open(content.Headers, TimeProvider.System.GetTimestamp(), keepsEvents: true);
        for (var at = 0; at < Body.Length; at += Piece)
        {
            watch.Append(Body.AsSpan(at, Math.Min(Piece, Body.Length - at)));
        }

        var counted = watch.Describe();
        if (counted.Uncounted.Length > 0 || counted.Events.Count != Math.Min(Events, Settings.Value.WatchEvents))
        {
            throw new BenchException($"{Name}: {counted.Events.Count} of {Events} events were described ({counted.Uncounted}), so there is nothing to measure.");
        }

        return 0;
    }
}

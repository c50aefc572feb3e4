using System.Buffers;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Otlp;
using KubeLens.Gateway.Capture.Sessions;
using KubeLens.Gateway.Normalize;
using KubeLens.Gateway.Redact;
using KubeLens.Gateway.Spool;

namespace KubeLens.Gateway.Capture;

/// <summary>
/// Redacts the bodies of ended calls, off the path of the calls themselves, and appends them to the spool.
/// Shutdown: the queue is closed after the last request, and what is in it is redacted within the host's stop time.
/// </summary>
internal sealed class BodyWorker(BodyQueue queue, BodyRedactor redactor, ICallSpool spool, ILogger<BodyWorker> log) : IHostedService
{
    private static readonly RedactedBody None = new(CallBody.None, default);
    private static readonly RedactedBody NotCaptured = new(CallBody.None with { Note = CallBodyNote.NotCaptured }, default);
    private static readonly RedactedBody Dropped = new(CallBody.None with { Note = CallBodyNote.Dropped }, default);
    private static readonly RedactedBody Undecodable = new(CallBody.None with { Note = CallBodyNote.Undecodable }, default);

    private Task _running = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // One worker a core leaves the other cores to the calls; redaction is short and never blocks.
        var workers = Math.Max(1, Environment.ProcessorCount / 2);
        _running = Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(RunAsync, CancellationToken.None)));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Complete();
        return _running.WaitAsync(cancellationToken);
    }

    private async Task RunAsync()
    {
        var fragment = new ArrayBufferWriter<byte>(64 * 1024);
        await foreach (var job in queue.Reader.ReadAllAsync(CancellationToken.None))
        {
            using (job)
            {
                fragment.ResetWrittenCount();
                Write(job, fragment);
                spool.AppendBodies(job.Sequence, fragment.WrittenSpan);
            }
        }
    }

    private void Write(BodyJob job, ArrayBufferWriter<byte> fragment)
    {
        var request = Redact(job.Request, job.RequestBody, job.EndedEarly);
        var response = job.Recording is { } recording ? Finish(recording, job) : Redact(job.Response, job.ResponseBody, job.EndedEarly);
        CallLogWriter.WriteBodies(request.Body, response.Body, fragment);
        CaptureMetrics.BodyTaken(request.Body, isRequest: true);
        CaptureMetrics.BodyTaken(response.Body, isRequest: false);

        // An upstream may answer before it has the whole request: only now all of it has passed.
        CallLogWriter.WriteNumber(CallAttributes.RequestBytes, job.RequestBody.Total, fragment);
        var facts = ContentFacts.Read(job.Request.Info, job.Options, job.Request.Method, job.Response.Status, request.Head, response.Head);
        CallLogWriter.WriteText(CallAttributes.Name, facts.Name, fragment);
        CallLogWriter.WriteText(CallAttributes.Reason, facts.Reason, fragment);
        CallFactsWriter.Write(facts.Object, fragment);
        CallFactsWriter.Write(facts.Listing, fragment);
        if (facts.Options != job.Options)
        {
            CallFactsWriter.Write(facts.Options, fragment);
        }
    }

    private RedactedBody Finish(SessionRecording recording, BodyJob job)
    {
        try
        {
            var body = recording.Finish();
            if (body.Note == CallBodyNote.Dropped)
            {
                CaptureMetrics.BodiesDropped("memory");
            }

            return new RedactedBody(body, default);
        }
        catch (Exception e)
        {
            CaptureLog.RedactionFailed(log, e, job.Response.Info.Verb, job.Response.Info.Resource);
            return Undecodable;
        }
    }

    private RedactedBody Redact(in BodyContext context, BodyCapture capture, bool endedEarly)
    {
        if (capture.Total == 0)
        {
            return None;
        }

        if (capture.IsOff)
        {
            return NotCaptured;
        }

        if (capture.Starved)
        {
            CaptureMetrics.BodiesDropped("memory");
            return Dropped;
        }

        try
        {
            return redactor.Redact(context, capture.Kept(), capture.Truncated || endedEarly);
        }
        catch (Exception e)
        {
            // What cannot be redacted is never stored; the call itself is.
            CaptureLog.RedactionFailed(log, e, context.Info.Verb, context.Info.Resource);
            return Undecodable;
        }
    }
}

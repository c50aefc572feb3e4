using KubeLens.Contracts.Calls;

namespace KubeLens.Gateway.Capture.Watches;

/// <summary>
/// The answer of a watch while it passes: what its events were so far. It neither alters nor waits for anything. Appended to by the call's own flow;
/// described also by others.
/// </summary>
/// <param name="encoding">As in a record.</param>
/// <param name="uncountable">Why nothing is counted; empty where it is.</param>
/// <param name="reader">Null where nothing is counted.</param>
/// <param name="tally">What the reader counts into.</param>
internal sealed class Watch(string encoding, string uncountable, IWatchReader? reader, WatchTally tally) : IDisposable
{
    private readonly Lock _gate = new();
    private string _problem = uncountable;

    public void Append(ReadOnlySpan<byte> data)
    {
        lock (_gate)
        {
            if (reader is null || _problem.Length > 0)
            {
                return;
            }

            try
            {
                reader.Append(data);
                _problem = reader.Problem;
            }
            catch (Exception e)
            {
                // A fault of a reader is told in the record; the stream that it looks at must not feel it.
                _problem = $"the reader failed: {e.GetType().Name}";
            }
        }
    }

    /// <summary>How far it has come, without single events.</summary>
    public CallWatch DescribeProgress() => Describe(withEvents: false, cut: "");

    /// <summary>All of it, at its end.</summary>
    public CallWatch Describe() => Describe(withEvents: true, reader?.IsAtBoundary == false ? "it ended within an event" : "");

    /// <summary>Nothing passes any more.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            tally.Dispose();
        }
    }

    private CallWatch Describe(bool withEvents, string cut)
    {
        lock (_gate)
        {
            return tally.Describe(withEvents) with { Encoding = encoding, Uncounted = _problem.Length > 0 ? _problem : cut };
        }
    }
}

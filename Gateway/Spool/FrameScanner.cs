namespace KubeLens.Gateway.Spool;

/// <summary>
/// Finds the frames of a segment that nobody writes any more. Unfinished frames are stepped over. Where damage broke
/// the chain of sizes it looks for the next frame whose marker and checksum hold, so that damage costs only what it hit.
/// </summary>
internal static class FrameScanner
{
    /// <summary>The first whole frame at or after <paramref name="from"/>.</summary>
    /// <param name="segment">At rest.</param>
    /// <param name="from">A multiple of 8.</param>
    /// <param name="frame">The frame, if any.</param>
    /// <param name="damaged">Something else than unfinished frames or empty space was stepped over.</param>
    public static bool TryNext(Segment segment, int from, out SpoolFrame frame, out bool damaged)
    {
        damaged = false;
        if (from > segment.Length - SpoolFrame.HeaderBytes)
        {
            frame = default;
            return false;
        }

        // A frame that is whole but not yet published counts: its caller may have been about to return.
        if (SpoolFrame.TryParse(segment, from, segment.SizeWord(from), out frame))
        {
            return true;
        }

        var expected = EndOfUnfinished(segment, from);
        for (var at = from + 8; at <= segment.Length - SpoolFrame.HeaderBytes; at += 8)
        {
            if (segment.SizeWord(at + 8) == segment.Header.Marker && SpoolFrame.TryParse(segment, at, segment.SizeWord(at), out frame))
            {
                damaged = at != expected;
                return true;
            }
        }

        damaged = expected <= segment.Length - SpoolFrame.HeaderBytes && segment.SizeWord(expected) != 0;
        return false;
    }

    // Several threads may have been writing when the process died: a chain of unfinished frames.
    private static int EndOfUnfinished(Segment segment, int at)
    {
        while (at <= segment.Length - SpoolFrame.HeaderBytes && (segment.SizeWord(at) & SpoolFrame.BeingWritten) != 0)
        {
            var size = segment.SizeWord(at) & ~SpoolFrame.BeingWritten;
            if (size < SpoolFrame.HeaderBytes || size > (uint)(segment.Length - at))
            {
                break;
            }

            at += SpoolFrame.Aligned((int)size);
        }

        return at;
    }
}

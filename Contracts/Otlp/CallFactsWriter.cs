using System.Buffers;
using KubeLens.Contracts.Calls;

namespace KubeLens.Contracts.Otlp;

/// <summary>
/// Writes what bodies, options and headers tell of a call, each part for itself: those who learn of one later add it,
/// and it replaces what was written before.
/// </summary>
public static class CallFactsWriter
{
    public static void Write(CallObject known, IBufferWriter<byte> output)
    {
        var w = new ProtobufWriter(output);
        w.Attribute(CallFactAttributes.Uid, known.Uid);
        w.Attribute(CallFactAttributes.ResourceVersion, known.ResourceVersion);
        w.Attribute(CallFactAttributes.ResourceVersionBefore, known.ResourceVersionBefore);
        Known(w, CallFactAttributes.Generation, known.Generation);
        w.Attribute(CallFactAttributes.OwnerKind, known.OwnerKind);
        w.Attribute(CallFactAttributes.OwnerName, known.OwnerName);
        w.Attribute(CallFactAttributes.Message, known.Message);
    }

    public static void Write(CallOptions options, IBufferWriter<byte> output)
    {
        var w = new ProtobufWriter(output);
        w.Attribute(CallFactAttributes.FieldManager, options.FieldManager);
        True(w, CallFactAttributes.DryRun, options.DryRun);
        w.Attribute(CallFactAttributes.PatchType, options.PatchType);
        w.Attribute(CallFactAttributes.AskedResourceVersion, options.ResourceVersion);
        w.Attribute(CallFactAttributes.ResourceVersionMatch, options.ResourceVersionMatch);
        Known(w, CallFactAttributes.Limit, options.Limit);
        True(w, CallFactAttributes.Continued, options.Continued);
        w.Attribute(CallFactAttributes.Propagation, options.Propagation);
    }

    public static void Write(CallListing listing, IBufferWriter<byte> output)
    {
        var w = new ProtobufWriter(output);
        if (listing.Part != CallListingPart.Unknown)
        {
            w.Attribute(CallFactAttributes.ListPart, (long)listing.Part);
        }

        Known(w, CallFactAttributes.ListItems, listing.Items);
        Known(w, CallFactAttributes.ListRemaining, listing.RemainingItems);
        True(w, CallFactAttributes.ListContinues, listing.Continues);
    }

    internal static void Write(CallAdvice advice, ProtobufWriter w)
    {
        w.Attribute(CallFactAttributes.Warnings, advice.Warnings);
        w.Attribute(CallFactAttributes.FlowSchema, advice.FlowSchema);
        w.Attribute(CallFactAttributes.PriorityLevel, advice.PriorityLevel);
    }

    internal static void Write(CallProgram program, ProtobufWriter w)
    {
        w.Attribute(CallFactAttributes.Command, program.Command);
        w.Attribute(CallFactAttributes.Session, program.Session);
    }

    private static void Known(ProtobufWriter w, string name, long? value)
    {
        if (value is { } known)
        {
            w.Attribute(name, known);
        }
    }

    private static void True(ProtobufWriter w, string name, bool value)
    {
        if (value)
        {
            w.Attribute(name, 1);
        }
    }
}

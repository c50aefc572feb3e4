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
        w.KnownAttribute(CallFactAttributes.Generation, known.Generation);
        w.Attribute(CallFactAttributes.OwnerKind, known.OwnerKind);
        w.Attribute(CallFactAttributes.OwnerName, known.OwnerName);
        w.Attribute(CallFactAttributes.Message, known.Message);
    }

    public static void Write(CallOptions options, IBufferWriter<byte> output)
    {
        var w = new ProtobufWriter(output);
        w.Attribute(CallFactAttributes.FieldManager, options.FieldManager);
        w.FlagAttribute(CallFactAttributes.DryRun, options.DryRun);
        w.Attribute(CallFactAttributes.PatchType, options.PatchType);
        w.Attribute(CallFactAttributes.AskedResourceVersion, options.ResourceVersion);
        w.Attribute(CallFactAttributes.ResourceVersionMatch, options.ResourceVersionMatch);
        w.KnownAttribute(CallFactAttributes.Limit, options.Limit);
        w.FlagAttribute(CallFactAttributes.Continued, options.Continued);
        w.Attribute(CallFactAttributes.Propagation, options.Propagation);
    }

    public static void Write(CallListing listing, IBufferWriter<byte> output)
    {
        var w = new ProtobufWriter(output);
        w.PositiveAttribute(CallFactAttributes.ListPart, (long)listing.Part);
        w.KnownAttribute(CallFactAttributes.ListItems, listing.Items);
        w.KnownAttribute(CallFactAttributes.ListRemaining, listing.RemainingItems);
        w.FlagAttribute(CallFactAttributes.ListContinues, listing.Continues);
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
}

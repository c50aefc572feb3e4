using KubeLens.Contracts.Calls;

namespace KubeLens.Contracts.Otlp;

public static partial class CallLogReader
{
    private static CallObject Object(LogAttributes a) => new()
    {
        Uid = a.Text(CallFactAttributes.Uid),
        ResourceVersion = a.Text(CallFactAttributes.ResourceVersion),
        ResourceVersionBefore = a.Text(CallFactAttributes.ResourceVersionBefore),
        Generation = Known(a, CallFactAttributes.Generation),
        OwnerKind = a.Text(CallFactAttributes.OwnerKind),
        OwnerName = a.Text(CallFactAttributes.OwnerName),
        Message = a.Text(CallFactAttributes.Message),
    };

    private static CallOptions Options(LogAttributes a) => new()
    {
        FieldManager = a.Text(CallFactAttributes.FieldManager),
        DryRun = True(a, CallFactAttributes.DryRun),
        PatchType = a.Text(CallFactAttributes.PatchType),
        ResourceVersion = a.Text(CallFactAttributes.AskedResourceVersion),
        ResourceVersionMatch = a.Text(CallFactAttributes.ResourceVersionMatch),
        Limit = Known(a, CallFactAttributes.Limit),
        Continued = True(a, CallFactAttributes.Continued),
        Propagation = a.Text(CallFactAttributes.Propagation),
    };

    private static CallListing Listing(LogAttributes a) => new()
    {
        Part = (CallListingPart)a.Number(CallFactAttributes.ListPart, 0, short.MaxValue),
        Items = Known(a, CallFactAttributes.ListItems),
        RemainingItems = Known(a, CallFactAttributes.ListRemaining),
        Continues = True(a, CallFactAttributes.ListContinues),
    };

    private static CallAdvice Advice(LogAttributes a) => new()
    {
        Warnings = a.Texts(CallFactAttributes.Warnings),
        FlowSchema = a.Text(CallFactAttributes.FlowSchema),
        PriorityLevel = a.Text(CallFactAttributes.PriorityLevel),
    };

    private static CallProgram Program(LogAttributes a) => new() { Command = a.Text(CallFactAttributes.Command), Session = a.Text(CallFactAttributes.Session) };

    private static bool True(LogAttributes a, string name) => a.Number(name, 0, 1) == 1;
}

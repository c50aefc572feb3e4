namespace KubeLens.Contracts.Otlp;

/// <summary>Attribute names of what bodies, options and headers tell of a call, beside <see cref="CallAttributes"/>.</summary>
public static class CallFactAttributes
{
    public const string Uid = "k8s.api.object.uid";
    public const string ResourceVersion = "k8s.api.object.resource_version";
    public const string ResourceVersionBefore = "k8s.api.object.resource_version_before";
    public const string Generation = "k8s.api.object.generation";
    public const string OwnerKind = "k8s.api.object.owner.kind";
    public const string OwnerName = "k8s.api.object.owner.name";
    public const string Message = "k8s.api.message";

    public const string FieldManager = "k8s.api.options.field_manager";
    public const string DryRun = "k8s.api.options.dry_run";
    public const string PatchType = "k8s.api.options.patch_type";
    public const string AskedResourceVersion = "k8s.api.options.resource_version";
    public const string ResourceVersionMatch = "k8s.api.options.resource_version_match";
    public const string Limit = "k8s.api.options.limit";
    public const string Continued = "k8s.api.options.continue";
    public const string Propagation = "k8s.api.options.propagation";

    public const string ListPart = "k8s.api.list.part";
    public const string ListItems = "k8s.api.list.items";
    public const string ListRemaining = "k8s.api.list.remaining";
    public const string ListContinues = "k8s.api.list.continue";

    public const string Warnings = "k8s.api.warnings";
    public const string FlowSchema = "k8s.api.flow_schema.uid";
    public const string PriorityLevel = "k8s.api.priority_level.uid";

    public const string Command = "k8s.api.kubectl.command";
    public const string Session = "k8s.api.kubectl.session";
}

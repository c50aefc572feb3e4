using static KubeLens.Gateway.Redact.Protobuf.FieldType;

namespace KubeLens.Gateway.Redact.Protobuf;

/// <summary>
/// The messages that are read, in the order of their JSON (<c>staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/generated.proto</c>
/// of kubernetes/kubernetes). None of them holds values of Secrets, except in annotations.
/// </summary>
internal static class KnownMessages
{
    public static readonly ProtobufField[] ObjectMeta =
    [
        new(1, "name", Word),
        new(2, "generateName", Word),
        new(3, "namespace", Word),
        new(4, "selfLink", Skipped),
        new(5, "uid", Word),
        new(6, "resourceVersion", Word),
        new(7, "generation", Number),
        new(8, "creationTimestamp", Time) { Always = true },
        new(9, "deletionTimestamp", Time),
        new(10, "deletionGracePeriodSeconds", ChosenNumber),
        new(11, "labels", Map),
        new(12, "annotations", Map),
        new(13, "ownerReferences", Message) { Repeated = true, Fields = OwnerReference },
        new(14, "finalizers", Word) { Repeated = true },
        new(15, "clusterName", Skipped),
        new(16, "initializers", Skipped),
        new(17, "managedFields", Skipped),
    ];

    public static readonly ProtobufField[] ListMeta =
    [
        new(1, "selfLink", Skipped),
        new(2, "resourceVersion", Word) { Always = true },
        new(3, "continue", Word) { Always = true },
        new(4, "remainingItemCount", ChosenNumber),
    ];

    public static readonly ProtobufField[] Status =
    [
        new(1, "metadata", Message) { Fields = ListMeta },
        new(2, "status", Word) { Always = true },
        new(3, "message", Text),
        new(4, "reason", Word) { Always = true },
        new(5, "details", Message) { Fields = StatusDetails },
        new(6, "code", Number),
    ];

    public static readonly ProtobufField[] DeleteOptions =
    [
        new(1, "gracePeriodSeconds", ChosenNumber),
        new(2, "preconditions", Message) { Fields = [new(1, "uid", Word), new(2, "resourceVersion", Word)] },
        new(3, "orphanDependents", Flag),
        new(4, "propagationPolicy", Word),
        new(5, "dryRun", Word) { Repeated = true },
        new(6, "ignoreStoreReadErrorWithClusterBreakingPotential", Flag),
    ];

    private static ProtobufField[] OwnerReference =>
    [
        new(5, "apiVersion", Word),
        new(1, "kind", Word),
        new(3, "name", Word),
        new(4, "uid", Word),
        new(6, "controller", Flag),
        new(7, "blockOwnerDeletion", Flag),
    ];

    private static ProtobufField[] StatusDetails =>
    [
        new(1, "name", Word),
        new(2, "group", Word),
        new(3, "kind", Word),
        new(6, "uid", Word),
        new(4, "causes", Message) { Repeated = true, Fields = [new(1, "reason", Word), new(2, "message", Text), new(3, "field", Word)] },
        new(5, "retryAfterSeconds", Number),
    ];
}

using System.Collections.Frozen;
using System.Globalization;

namespace KubeLens.DemoCluster.Api.Bodies.Protobuf;

/// <summary>
/// Field numbers of the messages that kubectl sends (the <c>generated.proto</c> files below
/// https://github.com/kubernetes/kubernetes/tree/master/staging/src/k8s.io/api). A line is a message:
/// <c>Message: number name type …</c>; <c>[]</c> is a list, <c>!</c> a pointer, <c>-</c> a name that JSON does not have, <c>skip</c> what
/// an API server ignores when an object is created: its status.
/// </summary>
internal static class MessageSchemas
{
    private const string Table = """
        ObjectMeta: 1 name string, 2 generateName string, 3 namespace string, 4 selfLink skip, 5 uid string, 6 resourceVersion string, 7 generation int, 8 creationTimestamp time, 9 deletionTimestamp time, 10 deletionGracePeriodSeconds int!, 11 labels map, 12 annotations map, 13 ownerReferences OwnerReference[], 14 finalizers string[], 17 managedFields skip
        OwnerReference: 1 kind string, 3 name string, 4 uid string, 5 apiVersion string, 6 controller bool!, 7 blockOwnerDeletion bool!
        LabelSelector: 1 matchLabels map, 2 matchExpressions LabelSelectorRequirement[]
        LabelSelectorRequirement: 1 key string, 2 operator string, 3 values string[]
        LocalObjectReference: 1 name string
        DeleteOptions: 1 gracePeriodSeconds int!, 2 preconditions Preconditions, 3 orphanDependents bool!, 4 propagationPolicy string, 5 dryRun string[]
        Preconditions: 1 uid string, 2 resourceVersion string
        Namespace: 1 metadata ObjectMeta, 2 spec NamespaceSpec, 3 status NamespaceStatus
        NamespaceSpec: 1 finalizers string[]
        NamespaceStatus: 1 phase string
        ConfigMap: 1 metadata ObjectMeta, 2 data map, 3 binaryData mapbytes, 4 immutable bool!
        Secret: 1 metadata ObjectMeta, 2 data mapbytes, 3 type string, 4 stringData map, 5 immutable bool!
        ServiceAccount: 1 metadata ObjectMeta, 2 secrets ObjectReference[], 3 imagePullSecrets LocalObjectReference[], 4 automountServiceAccountToken bool!
        ObjectReference: 1 kind string, 2 namespace string, 3 name string, 4 uid string, 5 apiVersion string, 6 resourceVersion string, 7 fieldPath string
        Service: 1 metadata ObjectMeta, 2 spec ServiceSpec, 3 status skip
        ServiceSpec: 1 ports ServicePort[], 2 selector map, 3 clusterIP string, 4 type string, 5 externalIPs string[], 7 sessionAffinity string, 8 loadBalancerIP string, 9 loadBalancerSourceRanges string[], 10 externalName string, 11 externalTrafficPolicy string, 12 healthCheckNodePort int, 13 publishNotReadyAddresses bool, 17 ipFamilyPolicy string, 18 clusterIPs string[], 19 ipFamilies string[], 20 allocateLoadBalancerNodePorts bool!, 21 loadBalancerClass string!, 22 internalTrafficPolicy string!, 23 trafficDistribution string!
        ServicePort: 1 name string, 2 protocol string, 3 port int, 4 targetPort intstr, 5 nodePort int, 6 appProtocol string!
        Pod: 1 metadata ObjectMeta, 2 spec PodSpec, 3 status PodStatus
        PodStatus: 1 phase string, 3 message string, 4 reason string, 5 hostIP string, 6 podIP string, 9 qosClass string
        PodTemplateSpec: 1 metadata ObjectMeta, 2 spec PodSpec
        PodSpec: 1 volumes Volume[], 2 containers Container[], 3 restartPolicy string, 4 terminationGracePeriodSeconds int!, 5 activeDeadlineSeconds int!, 6 dnsPolicy string, 7 nodeSelector map, 8 serviceAccountName string, 9 serviceAccount string, 10 nodeName string, 11 hostNetwork bool, 12 hostPID bool, 13 hostIPC bool, 14 securityContext PodSecurityContext!, 15 imagePullSecrets LocalObjectReference[], 16 hostname string, 17 subdomain string, 19 schedulerName string, 20 initContainers Container[], 21 automountServiceAccountToken bool!, 24 priorityClassName string, 25 priority int!
        PodSecurityContext: 2 runAsUser int!, 3 runAsNonRoot bool!, 5 fsGroup int!, 6 runAsGroup int!
        Volume: 1 name string, 2 - VolumeSource
        VolumeSource: 2 emptyDir EmptyDir!, 6 secret SecretVolume!, 19 configMap ConfigMapVolume!
        EmptyDir: 1 medium string, 2 sizeLimit quantity
        SecretVolume: 1 secretName string, 3 defaultMode int!, 4 optional bool!
        ConfigMapVolume: 1 - LocalObjectReference, 3 defaultMode int!, 4 optional bool!
        Container: 1 name string, 2 image string, 3 command string[], 4 args string[], 5 workingDir string, 6 ports ContainerPort[], 7 env EnvVar[], 8 resources ResourceRequirements, 9 volumeMounts VolumeMount[], 13 terminationMessagePath string, 14 imagePullPolicy string, 16 stdin bool, 17 stdinOnce bool, 18 tty bool, 19 envFrom EnvFromSource[], 20 terminationMessagePolicy string
        ContainerPort: 1 name string, 2 hostPort int, 3 containerPort int, 4 protocol string, 5 hostIP string
        EnvVar: 1 name string, 2 value string, 3 valueFrom EnvVarSource
        EnvVarSource: 1 fieldRef FieldSelector, 3 configMapKeyRef KeySelector, 4 secretKeyRef KeySelector
        FieldSelector: 1 apiVersion string, 2 fieldPath string
        KeySelector: 1 - LocalObjectReference, 2 key string, 3 optional bool!
        EnvFromSource: 1 prefix string, 2 configMapRef EnvSource, 3 secretRef EnvSource
        EnvSource: 1 - LocalObjectReference, 2 optional bool!
        ResourceRequirements: 1 limits mapquantity, 2 requests mapquantity
        VolumeMount: 1 name string, 2 readOnly bool, 3 mountPath string, 4 subPath string
        Deployment: 1 metadata ObjectMeta, 2 spec DeploymentSpec, 3 status skip
        DeploymentSpec: 1 replicas int!, 2 selector LabelSelector, 3 template PodTemplateSpec, 4 strategy DeploymentStrategy, 5 minReadySeconds int, 6 revisionHistoryLimit int!, 7 paused bool, 9 progressDeadlineSeconds int!
        DeploymentStrategy: 1 type string, 2 rollingUpdate RollingUpdate!
        RollingUpdate: 1 maxUnavailable intstr, 2 maxSurge intstr
        ReplicaSet: 1 metadata ObjectMeta, 2 spec ReplicaSetSpec, 3 status skip
        ReplicaSetSpec: 1 replicas int!, 2 selector LabelSelector, 3 template PodTemplateSpec, 4 minReadySeconds int
        CronJob: 1 metadata ObjectMeta, 2 spec CronJobSpec, 3 status skip
        CronJobSpec: 1 schedule string, 2 startingDeadlineSeconds int!, 3 concurrencyPolicy string, 4 suspend bool!, 5 jobTemplate JobTemplateSpec, 6 successfulJobsHistoryLimit int!, 7 failedJobsHistoryLimit int!, 8 timeZone string!
        JobTemplateSpec: 1 metadata ObjectMeta, 2 spec JobSpec
        JobSpec: 1 parallelism int!, 2 completions int!, 3 activeDeadlineSeconds int!, 4 selector LabelSelector, 5 manualSelector bool!, 6 template PodTemplateSpec, 7 backoffLimit int!, 8 ttlSecondsAfterFinished int!
        Scale: 1 metadata ObjectMeta, 2 spec ScaleSpec, 3 status ScaleStatus
        ScaleSpec: 1 replicas int
        ScaleStatus: 1 replicas int, 2 selector string
        Binding: 1 metadata ObjectMeta, 2 target ObjectReference
        Lease: 1 metadata ObjectMeta, 2 spec LeaseSpec
        LeaseSpec: 1 holderIdentity string!, 2 leaseDurationSeconds int!, 3 acquireTime microtime, 4 renewTime microtime, 5 leaseTransitions int!
        Eviction: 1 metadata ObjectMeta, 2 deleteOptions DeleteOptions
        Role: 1 metadata ObjectMeta, 2 rules PolicyRule[]
        ClusterRole: 1 metadata ObjectMeta, 2 rules PolicyRule[], 3 aggregationRule AggregationRule
        AggregationRule: 1 clusterRoleSelectors LabelSelector[]
        PolicyRule: 1 verbs string[], 2 apiGroups string[], 3 resources string[], 4 resourceNames string[], 5 nonResourceURLs string[]
        RoleBinding: 1 metadata ObjectMeta, 2 subjects Subject[], 3 roleRef RoleRef
        ClusterRoleBinding: 1 metadata ObjectMeta, 2 subjects Subject[], 3 roleRef RoleRef
        Subject: 1 kind string, 2 apiGroup string, 3 name string, 4 namespace string
        RoleRef: 1 apiGroup string, 2 kind string, 3 name string
        TokenRequest: 1 metadata ObjectMeta, 2 spec TokenRequestSpec, 3 status TokenRequestStatus
        TokenRequestSpec: 1 audiences string[], 3 boundObjectRef BoundObjectReference, 4 expirationSeconds int!
        TokenRequestStatus: 1 token string, 2 expirationTimestamp time
        BoundObjectReference: 1 kind string, 2 apiVersion string, 3 name string, 4 uid string
        TokenReview: 1 metadata ObjectMeta, 2 spec TokenReviewSpec, 3 status skip
        TokenReviewSpec: 1 token string, 2 audiences string[]
        SelfSubjectReview: 1 metadata ObjectMeta, 2 status skip
        SubjectAccessReview: 1 metadata ObjectMeta, 2 spec SubjectAccessReviewSpec, 3 status skip
        LocalSubjectAccessReview: 1 metadata ObjectMeta, 2 spec SubjectAccessReviewSpec, 3 status skip
        SelfSubjectAccessReview: 1 metadata ObjectMeta, 2 spec SubjectAccessReviewSpec, 3 status skip
        SubjectAccessReviewSpec: 1 resourceAttributes ResourceAttributes!, 2 nonResourceAttributes NonResourceAttributes!, 3 user string, 4 groups string[], 5 extra maplist, 6 uid string
        ResourceAttributes: 1 namespace string, 2 verb string, 3 group string, 4 version string, 5 resource string, 6 subresource string, 7 name string
        NonResourceAttributes: 1 path string, 2 verb string
        SelfSubjectRulesReview: 1 metadata ObjectMeta, 2 spec SelfSubjectRulesReviewSpec, 3 status skip
        SelfSubjectRulesReviewSpec: 1 namespace string
        """;

    private static readonly FrozenDictionary<string, FrozenDictionary<int, MessageField>> Messages = Table.Split('\n')
        .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
        .ToFrozenDictionary(line => line[0], line => line[1].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Field).ToFrozenDictionary(pair => pair.Number, pair => pair.Field));

    /// <summary>By number; null for a message that is not known.</summary>
    public static FrozenDictionary<int, MessageField>? Find(string message) => Messages.GetValueOrDefault(message);

    // "3 values string[]", "1 replicas int!", "2 - VolumeSource"
    private static (int Number, MessageField Field) Field(string text)
    {
        var words = text.Split(' ');
        var (name, type) = (words[1] == "-" ? "" : words[1], words[2]);
        return (int.Parse(words[0], CultureInfo.InvariantCulture), new MessageField(name, type.TrimEnd('!', '[', ']'), type.EndsWith("[]", StringComparison.Ordinal), type.EndsWith('!')));
    }
}

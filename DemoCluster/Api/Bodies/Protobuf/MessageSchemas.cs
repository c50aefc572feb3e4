using System.Collections.Frozen;

namespace KubeLens.DemoCluster.Api.Bodies.Protobuf;

/// <summary>
/// The messages that kubectl sends as protobuf: its <c>create</c> commands and <c>auth</c>, since 1.32. One a line: its name, then its
/// fields as <c>name=number</c> with what they hold after a colon: a message's name, <c>int</c>, <c>flag</c>, <c>map</c>, <c>bytes</c>
/// (a map of bytes), <c>quantities</c>, <c>port</c> (an IntOrString), <c>time</c>, <c>skip</c>; text without a colon. <c>[]</c> makes it a list,
/// <c>?</c> says that it is only sent when it is meant, also 0. Numbers: the <c>generated.proto</c> files of kubernetes/kubernetes.
/// </summary>
internal static class MessageSchemas
{
    private const string Text =
        """
        ObjectMeta name=1 generateName=2 namespace=3 selfLink=4:skip uid=5 resourceVersion=6 generation=7:int creationTimestamp=8:time deletionTimestamp=9:time deletionGracePeriodSeconds=10:int? labels=11:map annotations=12:map ownerReferences=13:OwnerReference[] finalizers=14[] managedFields=17:skip
        OwnerReference kind=1 name=3 uid=4 apiVersion=5 controller=6:flag? blockOwnerDeletion=7:flag?
        ObjectReference kind=1 namespace=2 name=3 uid=4 apiVersion=5 resourceVersion=6 fieldPath=7
        LocalObjectReference name=1
        LabelSelector matchLabels=1:map matchExpressions=2:LabelSelectorRequirement[]
        LabelSelectorRequirement key=1 operator=2 values=3[]
        Namespace metadata=1:ObjectMeta spec=2:NamespaceSpec status=3:skip
        NamespaceSpec finalizers=1[]
        ConfigMap metadata=1:ObjectMeta data=2:map binaryData=3:bytes immutable=4:flag?
        Secret metadata=1:ObjectMeta data=2:bytes type=3 stringData=4:map immutable=5:flag?
        ServiceAccount metadata=1:ObjectMeta secrets=2:ObjectReference[] imagePullSecrets=3:LocalObjectReference[] automountServiceAccountToken=4:flag?
        Service metadata=1:ObjectMeta spec=2:ServiceSpec status=3:skip
        ServiceSpec ports=1:ServicePort[] selector=2:map clusterIP=3 type=4 externalIPs=5[] sessionAffinity=7 loadBalancerIP=8 loadBalancerSourceRanges=9[] externalName=10 externalTrafficPolicy=11 healthCheckNodePort=12:int publishNotReadyAddresses=13:flag ipFamilyPolicy=17 clusterIPs=18[] ipFamilies=19[] allocateLoadBalancerNodePorts=20:flag? loadBalancerClass=21 internalTrafficPolicy=22 trafficDistribution=23
        ServicePort name=1 protocol=2 port=3:int targetPort=4:port nodePort=5:int appProtocol=6
        Pod metadata=1:ObjectMeta spec=2:PodSpec status=3:skip
        PodTemplateSpec metadata=1:ObjectMeta spec=2:PodSpec
        PodSpec containers=2:Container[] restartPolicy=3 terminationGracePeriodSeconds=4:int? activeDeadlineSeconds=5:int? dnsPolicy=6 nodeSelector=7:map serviceAccountName=8 serviceAccount=9 nodeName=10 hostNetwork=11:flag hostPID=12:flag hostIPC=13:flag imagePullSecrets=15:LocalObjectReference[] hostname=16 subdomain=17 schedulerName=19 initContainers=20:Container[] automountServiceAccountToken=21:flag? priorityClassName=24 priority=25:int?
        Container name=1 image=2 command=3[] args=4[] workingDir=5 ports=6:ContainerPort[] env=7:EnvVar[] resources=8:ResourceRequirements terminationMessagePath=13 imagePullPolicy=14 stdin=16:flag stdinOnce=17:flag tty=18:flag terminationMessagePolicy=20
        ContainerPort name=1 hostPort=2:int containerPort=3:int protocol=4 hostIP=5
        EnvVar name=1 value=2
        ResourceRequirements limits=1:quantities requests=2:quantities
        Deployment metadata=1:ObjectMeta spec=2:DeploymentSpec status=3:skip
        DeploymentSpec replicas=1:int? selector=2:LabelSelector template=3:PodTemplateSpec strategy=4:DeploymentStrategy minReadySeconds=5:int revisionHistoryLimit=6:int? paused=7:flag progressDeadlineSeconds=9:int?
        DeploymentStrategy type=1 rollingUpdate=2:RollingUpdateDeployment
        RollingUpdateDeployment maxUnavailable=1:port maxSurge=2:port
        CronJob metadata=1:ObjectMeta spec=2:CronJobSpec status=3:skip
        CronJobSpec schedule=1 startingDeadlineSeconds=2:int? concurrencyPolicy=3 suspend=4:flag? jobTemplate=5:JobTemplateSpec successfulJobsHistoryLimit=6:int? failedJobsHistoryLimit=7:int? timeZone=8
        JobTemplateSpec metadata=1:ObjectMeta spec=2:JobSpec
        JobSpec parallelism=1:int? completions=2:int? activeDeadlineSeconds=3:int? selector=4:LabelSelector manualSelector=5:flag? template=6:PodTemplateSpec backoffLimit=7:int? ttlSecondsAfterFinished=8:int?
        PolicyRule verbs=1[] apiGroups=2[] resources=3[] resourceNames=4[] nonResourceURLs=5[]
        Role metadata=1:ObjectMeta rules=2:PolicyRule[]
        ClusterRole metadata=1:ObjectMeta rules=2:PolicyRule[] aggregationRule=3:AggregationRule
        AggregationRule clusterRoleSelectors=1:LabelSelector[]
        RoleBinding metadata=1:ObjectMeta subjects=2:Subject[] roleRef=3:RoleRef
        ClusterRoleBinding metadata=1:ObjectMeta subjects=2:Subject[] roleRef=3:RoleRef
        Subject kind=1 apiGroup=2 name=3 namespace=4
        RoleRef apiGroup=1 kind=2 name=3
        Lease metadata=1:ObjectMeta spec=2:LeaseSpec
        LeaseSpec holderIdentity=1 leaseDurationSeconds=2:int? acquireTime=3:time renewTime=4:time leaseTransitions=5:int?
        Binding metadata=1:ObjectMeta target=2:ObjectReference
        Eviction metadata=1:ObjectMeta deleteOptions=2:DeleteOptions
        DeleteOptions gracePeriodSeconds=1:int? preconditions=2:Preconditions orphanDependents=3:flag? propagationPolicy=4 dryRun=5[]
        Preconditions uid=1 resourceVersion=2
        Scale metadata=1:ObjectMeta spec=2:ScaleSpec status=3:skip
        ScaleSpec replicas=1:int
        TokenRequest metadata=1:ObjectMeta spec=2:TokenRequestSpec status=3:skip
        TokenRequestSpec audiences=1[] boundObjectRef=3:BoundObjectReference expirationSeconds=4:int?
        BoundObjectReference kind=1 apiVersion=2 name=3 uid=4
        TokenReview metadata=1:ObjectMeta spec=2:TokenReviewSpec status=3:skip
        TokenReviewSpec token=1 audiences=2[]
        SelfSubjectReview metadata=1:ObjectMeta status=2:skip
        SelfSubjectAccessReview metadata=1:ObjectMeta spec=2:SelfSubjectAccessReviewSpec status=3:skip
        SelfSubjectAccessReviewSpec resourceAttributes=1:ResourceAttributes nonResourceAttributes=2:NonResourceAttributes
        SubjectAccessReview metadata=1:ObjectMeta spec=2:SubjectAccessReviewSpec status=3:skip
        LocalSubjectAccessReview metadata=1:ObjectMeta spec=2:SubjectAccessReviewSpec status=3:skip
        SubjectAccessReviewSpec resourceAttributes=1:ResourceAttributes nonResourceAttributes=2:NonResourceAttributes user=3 groups=4[] uid=6
        ResourceAttributes namespace=1 verb=2 group=3 version=4 resource=5 subresource=6 name=7
        NonResourceAttributes path=1 verb=2
        SelfSubjectRulesReview metadata=1:ObjectMeta spec=2:SelfSubjectRulesReviewSpec status=3:skip
        SelfSubjectRulesReviewSpec namespace=1
        """;

    private static readonly FrozenDictionary<string, FrozenDictionary<int, MessageField>> ByName =
        Text.Split('\n').Select(line => line.Split(' ')).ToFrozenDictionary(words => words[0], words => words.Skip(1).Select(MessageField.Parse).ToFrozenDictionary(field => field.Number));

    /// <returns>Null for a message that is not known.</returns>
    public static FrozenDictionary<int, MessageField>? Find(string name) => ByName.GetValueOrDefault(name);
}

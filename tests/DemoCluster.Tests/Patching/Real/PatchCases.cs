using KubeLens.DemoCluster.Patching;
using static KubeLens.DemoCluster.Tests.Patching.Real.PatchTargets;

namespace KubeLens.DemoCluster.Tests.Patching.Real;

internal static class PatchCases
{
    public static readonly IReadOnlyList<PatchCase> All =
    [
        Strategic("a container's image", Deployment, Containers("""{"name":"two","image":"y:2"}""")),
        Strategic("a new container", Deployment, Containers("""{"name":"four","image":"w:1"}""")),
        Strategic("two containers in another order", Deployment, Containers("""{"name":"three","image":"z:2"},{"name":"one","image":"x:2"}""")),
        Strategic("a container deleted", Deployment, Containers("""{"name":"two","$patch":"delete"}""")),
        Strategic("containers replaced", Deployment, Containers("""{"name":"new","image":"n:1"},{"$patch":"replace"}""")),
        Strategic("env changed, added and deleted", Deployment, Containers("""{"name":"one","env":[{"name":"A","value":"9"},{"name":"D","value":"4"},{"name":"B","$patch":"delete"}]}""")),
        Strategic("env from elsewhere", Deployment, Containers("""{"name":"one","env":[{"name":"A","value":null,"valueFrom":{"fieldRef":{"fieldPath":"metadata.name"}}}]}""")),
        Strategic("ports by number", Deployment, Containers("""{"name":"one","ports":[{"containerPort":81,"name":"m"},{"containerPort":82}]}""")),
        Strategic("args are replaced", Deployment, Containers("""{"name":"one","args":["c"]}""")),
        Strategic("a volume's source exchanged", Deployment, PodSpec("""{"volumes":[{"name":"conf","$retainKeys":["name","emptyDir"],"emptyDir":{"medium":"Memory"}}]}""")),
        Strategic("a volume and its mount deleted", Deployment, PodSpec("""{"volumes":[{"name":"conf","$patch":"delete"}],"containers":[{"name":"one","volumeMounts":[{"mountPath":"/conf","$patch":"delete"}]}]}""")),
        Strategic("tolerations are replaced", Deployment, PodSpec("""{"tolerations":[{"key":"n","operator":"Equal","value":"v","effect":"NoSchedule"}]}""")),
        Strategic("a node selector loses a key", Deployment, PodSpec("""{"nodeSelector":{"zone":null,"arch":"arm64"}}""")),
        Strategic("a node selector replaced", Deployment, PodSpec("""{"nodeSelector":{"$patch":"replace","arch":"arm64"}}""")),
        Strategic("strategy with retained keys", Deployment, """{"spec":{"strategy":{"$retainKeys":["type"],"type":"Recreate"}}}"""),
        Strategic("the order that kubectl apply sends", Deployment, PodSpec("""{"$setElementOrder/containers":[{"name":"three"},{"name":"four"},{"name":"one"}],"containers":[{"name":"four","image":"w:1"},{"name":"two","$patch":"delete"}]}""")),
        Strategic("an order alone", Deployment, PodSpec("""{"$setElementOrder/containers":[{"name":"three"},{"name":"one"}]}""")),
        Strategic("an order inside a container", Deployment, Containers("""{"name":"one","$setElementOrder/env":[{"name":"C"},{"name":"N"},{"name":"A"}],"env":[{"name":"N","value":"n"}]}""")),
        Strategic("a probe removed", Deployment, Containers("""{"name":"one","livenessProbe":null,"resources":{"limits":null}}""")),
        Strategic("a container without a name", Deployment, Containers("""{"image":"x"}""")),
        Strategic("a directive that is none", Deployment, PodSpec("""{"nodeSelector":{"$patch":"grow"}}""")),
        Strategic("service ports by port", Service, """{"spec":{"ports":[{"port":443,"targetPort":9443},{"name":"extra","port":90}]}}"""),
        Strategic("service ports ordered", Service, """{"spec":{"$setElementOrder/ports":[{"port":443},{"port":80}],"ports":[{"port":80,"name":"web"}]}}"""),
        Strategic("configmap data", ConfigMap, """{"data":{"a":null,"c":"3"}}"""),
        Strategic("finalizers added and deleted", ConfigMap, """{"metadata":{"$deleteFromPrimitiveList/finalizers":["example.com/a"],"$setElementOrder/finalizers":["example.com/c","example.com/b"],"finalizers":["example.com/c"]}}"""),
        Strategic("pod labels and annotations", Pod, """{"metadata":{"labels":{"old":null,"new":"1"},"annotations":{"n":null}}}"""),

        Merge("a list is replaced", Deployment, Containers("""{"name":"only","image":"o:1"}""")),
        Merge("nulls delete", Deployment, PodSpec("""{"nodeSelector":null,"tolerations":null}""")),
        Merge("pod labels", Pod, """{"metadata":{"labels":{"old":null,"n":"2"}}}"""),

        Json("every operation", Deployment, """
            [{"op":"test","path":"/spec/replicas","value":0},{"op":"replace","path":"/spec/template/spec/containers/1/image","value":"y:9"},
             {"op":"add","path":"/metadata/annotations/example.com~1x","value":"1"},{"op":"remove","path":"/spec/template/spec/containers/2"},
             {"op":"add","path":"/spec/template/spec/containers/-","value":{"name":"last","image":"l:1"}},
             {"op":"copy","from":"/metadata/labels/tier","path":"/metadata/labels/copied"},{"op":"move","from":"/spec/template/spec/nodeSelector/zone","path":"/spec/template/spec/nodeSelector/moved"}]
            """),
        Json("a test that fails", Deployment, """[{"op":"test","path":"/spec/replicas","value":5}]"""),
        Json("a path that is not there", Pod, """[{"op":"remove","path":"/metadata/labels/none"}]"""),
        Json("not a list", Pod, "{}"),

        Apply("less than before", Deployment, """{"spec":{"selector":{"matchLabels":{"app":"x"}},"template":{"metadata":{"labels":{"app":"x"}},"spec":{"containers":[{"name":"two","image":"y:2"},{"name":"one","image":"x:1","env":[{"name":"B","value":"2"}],"ports":[{"containerPort":81}]}]}}}}"""),
        Apply("less than before, but the probe, whose defaults nobody owns", Deployment, """{"spec":{"selector":{"matchLabels":{"app":"x"}},"template":{"metadata":{"labels":{"app":"x"}},"spec":{"containers":[{"name":"two","image":"y:2"},{"name":"one","image":"x:1","env":[{"name":"B","value":"2"}],"ports":[{"containerPort":81,"protocol":"TCP"}],"livenessProbe":{"httpGet":{"path":"/","port":80},"periodSeconds":5}}]}}}}"""),
        Apply("something new", Deployment, Containers("""{"name":"one","image":"x:1","env":[{"name":"Z","value":"26"}]},{"name":"sidecar","image":"s:1"}""")),
        Apply("no fields at all", Pod, """{"metadata":{"labels":{"app":"x"}}}"""),
        Apply("a service's ports", Service, """{"spec":{"selector":{"app":"x"},"ports":[{"name":"web","port":80,"protocol":"TCP"},{"name":"more","port":81,"protocol":"TCP"}]}}"""),
        Apply("configmap data and finalizers", ConfigMap, """{"metadata":{"finalizers":["example.com/b"]},"data":{"b":"9","n":"1"}}"""),
        ApplyAs("another", "the same value", ConfigMap, """{"data":{"a":"1"}}"""),
        ApplyAs("another", "another value", ConfigMap, """{"data":{"a":"7"}}"""),
        ApplyAs("another", "another image and container", Deployment, Containers("""{"name":"two","image":"y:7"},{"name":"extra","image":"e:1","args":["1"]}""")),
    ];

    private static PatchCase Strategic(string name, string target, string patch) => new(name, target, PatchMediaTypes.Strategic, patch);

    private static PatchCase Merge(string name, string target, string patch) => new(name, target, PatchMediaTypes.Merge, patch);

    private static PatchCase Json(string name, string target, string patch) => new(name, target, PatchMediaTypes.Json, patch);

    private static PatchCase Apply(string name, string target, string body) => new(name, target, PatchMediaTypes.Apply, body);

    private static PatchCase ApplyAs(string manager, string name, string target, string body) => new(name, target, PatchMediaTypes.Apply, body) { Manager = manager };

    private static string PodSpec(string spec) => $$"""{"spec":{"template":{"spec":{{spec}} } } }""";

    private static string Containers(string containers) => PodSpec($$"""{"containers":[{{containers}}]}""");
}

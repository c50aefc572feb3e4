namespace KubeLens.DemoCluster.Tests.Patching.Real;

/// <summary>The objects that the cases patch.</summary>
internal static class PatchTargets
{
    public const string Deployment = "Deployment";
    public const string Service = "Service";
    public const string ConfigMap = "ConfigMap";
    public const string Pod = "Pod";

    /// <summary>Kind, collection, and what it is made from: by apply, so that a second apply has something to take back.</summary>
    public static readonly (string Kind, string Path, string Applied)[] All =
    [
        (Deployment, "/apis/apps/v1/namespaces/{0}/deployments", """
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"x","labels":{"app":"x","tier":"web"},"annotations":{"a":"1"}},"spec":{
              "replicas":0,"selector":{"matchLabels":{"app":"x"}},"strategy":{"type":"RollingUpdate","rollingUpdate":{"maxSurge":1,"maxUnavailable":"25%"}},
              "template":{"metadata":{"labels":{"app":"x"}},"spec":{
                "containers":[
                  {"name":"one","image":"x:1","args":["a","b"],"env":[{"name":"A","value":"1"},{"name":"B","value":"2"},{"name":"C","value":"3"}],
                   "ports":[{"containerPort":80,"name":"http"},{"containerPort":81,"name":"metrics"}],
                   "volumeMounts":[{"name":"data","mountPath":"/data"},{"name":"conf","mountPath":"/conf"}],
                   "livenessProbe":{"httpGet":{"path":"/","port":80},"periodSeconds":5},"resources":{"requests":{"cpu":"100m"},"limits":{"memory":"1Gi"}}},
                  {"name":"two","image":"y:1"},{"name":"three","image":"z:1"}],
                "volumes":[{"name":"data","emptyDir":{}},{"name":"conf","configMap":{"name":"x"}}],
                "tolerations":[{"key":"k","operator":"Exists"}],"nodeSelector":{"disk":"ssd","zone":"a"},"imagePullSecrets":[{"name":"s"}]}}}}
            """),
        (Service, "/api/v1/namespaces/{0}/services", """
            {"apiVersion":"v1","kind":"Service","metadata":{"name":"x","labels":{"app":"x"}},"spec":{
              "selector":{"app":"x"},"ports":[{"name":"http","port":80,"targetPort":8080,"protocol":"TCP"},{"name":"https","port":443,"targetPort":"tls","protocol":"TCP"}]}}
            """),
        (ConfigMap, "/api/v1/namespaces/{0}/configmaps", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"x","finalizers":["example.com/a","example.com/b"]},"data":{"a":"1","b":"2"}}"""),
        (Pod, "/api/v1/namespaces/{0}/pods", """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"x","labels":{"app":"x","old":"1"},"annotations":{"n":"1"}},
             "spec":{"nodeSelector":{"nowhere":"1"},"terminationGracePeriodSeconds":0,"containers":[{"name":"one","image":"x:1"}]}}
            """),
    ];
}

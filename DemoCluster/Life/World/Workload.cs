using System.Text.Json.Nodes;

namespace KubeLens.DemoCluster.Life.World;

/// <summary>One of the programs that run in the cluster: a deployment, its service and its service account.</summary>
/// <param name="Config">The config map that it reads its environment from; empty for none.</param>
/// <param name="Secret">The secret that its password comes from; empty for none.</param>
internal sealed record Workload(string Namespace, string Name, int Replicas, string Version, string Config = "", string Secret = "")
{
    private const int Port = 8080;

    public string Image => $"registry.example.com/{Namespace}/{Name}:{Version}";

    public JsonObject Account() => Of("v1", "ServiceAccount", new JsonObject { ["name"] = Name, ["namespace"] = Namespace });

    public JsonObject Service()
    {
        var service = Of("v1", "Service", Metadata());
        service["spec"] = new JsonObject
        {
            ["selector"] = new JsonObject { ["app"] = Name },
            ["ports"] = new JsonArray(new JsonObject { ["name"] = "http", ["port"] = 80, ["targetPort"] = "http" }),
        };
        return service;
    }

    public JsonObject Deployment()
    {
        var deployment = Of("apps/v1", "Deployment", Metadata());
        deployment["spec"] = new JsonObject
        {
            ["replicas"] = Replicas,
            ["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["app"] = Name } },
            ["template"] = new JsonObject
            {
                ["metadata"] = new JsonObject
                {
                    ["labels"] = new JsonObject { ["app"] = Name, ["version"] = Version, ["team"] = Namespace },
                    ["annotations"] = new JsonObject { ["prometheus.io/scrape"] = "true", ["prometheus.io/port"] = $"{Port}" },
                },
                ["spec"] = new JsonObject
                {
                    ["serviceAccountName"] = Name,
                    ["containers"] = new JsonArray(Container()),
                    ["volumes"] = new JsonArray(new JsonObject { ["name"] = "cache", ["emptyDir"] = new JsonObject { ["sizeLimit"] = "256Mi" } }),
                },
            },
        };
        return deployment;
    }

    private JsonObject Metadata() => new()
    {
        ["name"] = Name,
        ["namespace"] = Namespace,
        ["labels"] = new JsonObject { ["app"] = Name, ["app.kubernetes.io/part-of"] = Namespace },
    };

    private JsonObject Container()
    {
        var container = new JsonObject
        {
            ["name"] = Name,
            ["image"] = Image,
            ["ports"] = new JsonArray(new JsonObject { ["name"] = "http", ["containerPort"] = Port }),
            ["env"] = Environment(),
            ["resources"] = new JsonObject
            {
                ["requests"] = new JsonObject { ["cpu"] = "100m", ["memory"] = "128Mi" },
                ["limits"] = new JsonObject { ["memory"] = "256Mi" },
            },
            ["readinessProbe"] = Probe(5),
            ["livenessProbe"] = Probe(20),
            ["volumeMounts"] = new JsonArray(new JsonObject { ["name"] = "cache", ["mountPath"] = "/var/cache/app" }),
        };
        if (Config.Length > 0)
        {
            container["envFrom"] = new JsonArray(new JsonObject { ["configMapRef"] = new JsonObject { ["name"] = Config } });
        }

        return container;
    }

    private JsonArray Environment()
    {
        var variables = new JsonArray(
            new JsonObject { ["name"] = "LOG_LEVEL", ["value"] = "info" },
            new JsonObject { ["name"] = "POD_NAME", ["valueFrom"] = new JsonObject { ["fieldRef"] = new JsonObject { ["fieldPath"] = "metadata.name" } } });
        if (Secret.Length > 0)
        {
            variables.Add(new JsonObject { ["name"] = "DATABASE_PASSWORD", ["valueFrom"] = new JsonObject { ["secretKeyRef"] = new JsonObject { ["name"] = Secret, ["key"] = "password" } } });
        }

        return variables;
    }

    private static JsonObject Probe(int period) => new()
    {
        ["httpGet"] = new JsonObject { ["path"] = "/healthz", ["port"] = "http" },
        ["periodSeconds"] = period,
    };

    private static JsonObject Of(string apiVersion, string kind, JsonObject metadata) => new() { ["apiVersion"] = apiVersion, ["kind"] = kind, ["metadata"] = metadata };
}

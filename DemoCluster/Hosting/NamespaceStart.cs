using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api;
using KubeLens.DemoCluster.Kinds;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Hosting;

/// <summary>
/// Gives every namespace the service account <c>default</c> and the config map with the cluster's authority, again when
/// somebody deletes them. In the call that creates, not some time after it, so that a replayed history comes out the same each time.
/// </summary>
internal sealed class NamespaceStart(ObjectStore store, DemoPki pki)
{
    private const string Account = "default";
    private const string Authority = "kube-root-ca.crt";

    private static readonly ResourceKind Namespaces = ResourceKinds.Named("Namespace");
    private static readonly ResourceKind Accounts = ResourceKinds.Named("ServiceAccount");
    private static readonly ResourceKind ConfigMaps = ResourceKinds.Named("ConfigMap");

    public void Attach()
    {
        store.Created += created =>
        {
            if (created.Storage == Namespaces)
            {
                Provide(created.Name);
            }
        };
        store.Removed += removed =>
        {
            if ((removed.Storage == Accounts && removed.Name == Account) || (removed.Storage == ConfigMaps && removed.Name == Authority))
            {
                Provide(removed.Namespace);
            }
        };
    }

    private void Provide(string ns)
    {
        if (store.Revisions.Find(Namespaces, "", ns) is not { } home || home.Value.IsMarked())
        {
            return;
        }

        Create(Accounts, Account, ns, []);
        Create(ConfigMaps, Authority, ns, new JsonObject { ["data"] = new JsonObject { ["ca.crt"] = pki.Current.Authority.ExportCertificatePem() + "\n" } });
    }

    private void Create(ResourceKind kind, string name, string ns, JsonObject value)
    {
        if (store.Revisions.Find(kind, ns, name) is not null)
        {
            return;
        }

        value["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = ns };
        try
        {
            store.Create(kind, value);
        }
        catch (ApiException overtaken) when (overtaken.Code is 403 or 404 or 409)
        {
            // Somebody else has created it, or begun to delete the namespace.
            return;
        }
    }
}

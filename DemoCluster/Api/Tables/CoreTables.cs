using System.Globalization;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Api.Tables;

/// <summary>Namespaces, config maps, secrets, service accounts, endpoints, leases.</summary>
internal static class CoreTables
{
    private const int MostEndpoints = 3;

    public static readonly TableDefinition Namespaces = new(
        [TableColumn.ObjectName, new("Status", "Active, or Terminating once deleted."), TableColumn.Age],
        (value, now) => new JsonArray(value.Name(), value.Text("status.phase"), TableDefinition.Age(value, now)));

    public static readonly TableDefinition ConfigMaps = new(
        [TableColumn.ObjectName, new("Data", "How many entries it holds."), TableColumn.Age],
        (value, now) => new JsonArray(value.Name(), Count(value, "data") + Count(value, "binaryData"), TableDefinition.Age(value, now)));

    public static readonly TableDefinition Secrets = new(
        [TableColumn.ObjectName, new("Type", "What the data is for."), new("Data", "How many entries it holds."), TableColumn.Age],
        (value, now) => new JsonArray(value.Name(), value.Text("type"), Count(value, "data"), TableDefinition.Age(value, now)));

    public static readonly TableDefinition ServiceAccounts = new(
        [TableColumn.ObjectName, new("Secrets", "How many secrets its pods may use."), TableColumn.Age],
        (value, now) => new JsonArray(value.Name(), value.Items("secrets").Count(), TableDefinition.Age(value, now)));

    public static readonly TableDefinition Endpoints = new(
        [TableColumn.ObjectName, new("Endpoints", "Addresses and ports behind the service."), TableColumn.Age],
        (value, now) => new JsonArray(value.Name(), Addresses(value), TableDefinition.Age(value, now)));

    public static readonly TableDefinition Leases = new(
        [TableColumn.ObjectName, new("Holder", "Who holds the lease."), TableColumn.Age],
        (value, now) => new JsonArray(value.Name(), value.Text("spec.holderIdentity"), TableDefinition.Age(value, now)));

    private static int Count(JsonObject value, string field) => value.Map(field)?.Count ?? 0;

    private static string Addresses(JsonObject value)
    {
        var all = value.Maps("subsets").SelectMany(Subset).ToList();
        var shown = string.Join(',', all.Take(MostEndpoints));
        var more = all.Count - MostEndpoints;
        return more > 0 ? string.Create(CultureInfo.InvariantCulture, $"{shown} + {more} more...") : TableText.OrNone(shown);
    }

    private static IEnumerable<string> Subset(JsonObject subset) =>
        from port in subset.Maps("ports").Select(port => $":{port["port"].Plain()}").DefaultIfEmpty("")
        from address in subset.Maps("addresses")
        select address.Text("ip") + port;
}

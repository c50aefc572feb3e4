using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Api.Tables;

/// <summary>Role bindings and cluster role bindings; roles have the plain table.</summary>
internal static class RbacTables
{
    public static readonly TableDefinition Bindings = new(
        [
            TableColumn.ObjectName,
            new("Role", "What is granted."),
            TableColumn.Age,
            TableColumn.Wide("Users", "Users who get it."),
            TableColumn.Wide("Groups", "Groups who get it."),
            TableColumn.Wide("ServiceAccounts", "Service accounts that get it."),
        ],
        (value, now) => new JsonArray(
            value.Name(),
            $"{value.Text("roleRef.kind")}/{value.Text("roleRef.name")}",
            TableDefinition.Age(value, now),
            Subjects(value, "User"),
            Subjects(value, "Group"),
            Subjects(value, "ServiceAccount")));

    private static string Subjects(JsonObject value, string kind) => string.Join(", ", value.Maps("subjects")
        .Where(subject => subject.Text("kind") == kind)
        .Select(subject => kind == "ServiceAccount" ? $"{subject.Text("namespace")}/{subject.Text("name")}" : subject.Text("name")));
}

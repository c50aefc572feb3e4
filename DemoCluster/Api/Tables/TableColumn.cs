namespace KubeLens.DemoCluster.Api.Tables;

/// <summary>One of a Table's <c>columnDefinitions</c>.</summary>
/// <param name="Priority">0: always shown; 1: only with <c>-o wide</c>.</param>
internal sealed record TableColumn(string Name, string Description, string Type = "string", int Priority = 0, string Format = "")
{
    public static readonly TableColumn ObjectName = new("Name", "Name of the object, unique among its kind in its namespace.", Format: "name");

    public static readonly TableColumn Age = new("Age", "Time since the object was created.");

    public static TableColumn Wide(string name, string description) => new(name, description, Priority: 1);
}

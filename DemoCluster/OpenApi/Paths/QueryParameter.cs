namespace KubeLens.DemoCluster.OpenApi.Paths;

/// <param name="Type">string, integer or boolean.</param>
internal sealed record QueryParameter(string Name, string Type, string Description);

namespace KubeLens.Store.Hosting;

/// <summary>Who runs a command, as far as the machine knows.</summary>
internal static class Operator
{
    public static string Name => $"{Environment.UserName}@{Environment.MachineName}";
}

namespace KubeLens.Bench;

/// <summary>The folder of the solution, above the program.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "KubeLens.sln")))
            {
                return folder.FullName;
            }
        }

        throw new BenchException($"KubeLens.sln is in no folder above {from}.");
    }
}

using System.Reflection;
using System.Runtime.InteropServices;

namespace KubeLens.AppHost.Processes;

/// <summary>Where the services were built to (the project file bakes it in), and what runs them.</summary>
internal static class ServiceAssemblies
{
    /// <param name="project">The service's project, for example <c>Store</c>.</param>
    public static string Find(string project)
    {
        var path = typeof(ServiceAssemblies).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(metadata => metadata.Key == $"KubeLens.{project}")?.Value;
        return File.Exists(path) ? path : throw new AppHostException($"{project} is not built ({path ?? "its place is unknown"}). Run: dotnet build AppHost");
    }

    /// <summary>The <c>dotnet</c> that runs us; on PATH there may be another one, or none.</summary>
    public static string Dotnet()
    {
        // …/dotnet/shared/Microsoft.NETCore.App/10.0.0/
        var path = Path.GetFullPath("../../../dotnet", RuntimeEnvironment.GetRuntimeDirectory());
        return File.Exists(path) ? path : "dotnet";
    }
}

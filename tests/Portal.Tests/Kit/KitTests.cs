using KubeLens.Portal.Tests.Fixtures;

namespace KubeLens.Portal.Tests.Kit;

/// <summary>The component library stays behind its kit.</summary>
public sealed class KitTests
{
    private static string Portal => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(PortalProcess.AssemblyPath)!, "..", "..", ".."));

    [Fact]
    public void Library_OutsideTheKit_IsNeverNamed()
    {
        var kit = Path.Combine(Portal, "Kit") + Path.DirectorySeparatorChar;
        var sources = Directory.EnumerateFiles(Portal, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".razor" or ".css" or ".js")
            .Where(file => !file.StartsWith(kit, StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal))
            .ToList();
        sources.Count.ShouldBeGreaterThan(40);
        sources.Where(file => File.ReadAllText(file).Contains("Mud", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Wrappers_Counted_AreAtMostFifteen()
        => Directory.EnumerateFiles(Path.Combine(Portal, "Kit", "MudBlazor"), "*.razor", SearchOption.AllDirectories).Count(file => Path.GetFileName(file) != "_Imports.razor").ShouldBeInRange(1, 15);

    [Fact]
    public void Wrappers_Public_TakeNoTypeOfTheLibrary()
    {
        var leaks = typeof(KubeLens.Portal.Kit.Button).Assembly.GetTypes()
            .Where(type => type.Namespace == "KubeLens.Portal.Kit")
            .SelectMany(type => type.GetProperties().Where(property => property.DeclaringType == type))
            .Where(property => property.PropertyType.ToString().Contains("MudBlazor", StringComparison.Ordinal));
        leaks.Select(property => $"{property.DeclaringType!.Name}.{property.Name}").ShouldBeEmpty();
    }

    [Fact]
    public void Program_Read_IsATableOfContents()
        => File.ReadAllLines(Path.Combine(Portal, "Program.cs")).Length.ShouldBeLessThanOrEqualTo(40);
}

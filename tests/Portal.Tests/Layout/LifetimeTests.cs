using System.Text.RegularExpressions;
using KubeLens.Portal.Components.Layout;

namespace KubeLens.Portal.Tests.Layout;

public sealed partial class LifetimeTests
{
    [Fact]
    public void Token_AskedForAfterTheEnd_SaysThatItIsOver()
    {
        var life = new Lifetime();
        life.IsOver.ShouldBeFalse();
        life.Token.IsCancellationRequested.ShouldBeFalse();

        life.Dispose();
        life.Dispose();

        life.IsOver.ShouldBeTrue();
        life.Token.IsCancellationRequested.ShouldBeTrue();
    }

    /// <summary>A component that has one await left when it is disposed asks its source for a token, which throws and ends the page.</summary>
    [Fact]
    public void Components_WaitWithALifetime_AndNoSourceOfTheirOwn()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "KubeLens.sln")))
        {
            root = root.Parent ?? throw new InvalidOperationException("The tests are not run from within the repository.");
        }

        var files = Directory.GetFiles(Path.Combine(root.FullName, "Portal", "Components"), "*", SearchOption.AllDirectories).Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal)).ToList();

        files.Count.ShouldBeGreaterThan(60);
        files.Where(file => DisposedWhileShown().IsMatch(File.ReadAllText(file))).Select(Path.GetFileName).ShouldBeEmpty();
    }

    [GeneratedRegex(@"CancellationTokenSource _gone\b")]
    private static partial Regex DisposedWhileShown();
}

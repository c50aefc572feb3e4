using KubeLens.AppHost.Options;

namespace KubeLens.AppHost.Tests.Support;

internal static class TestSurroundings
{
    public static Surroundings Of(TestHome home, bool isRoot = false, params (string Name, string Value)[] variables) =>
        new(variables.ToDictionary(), home.Path, home.Path, isRoot);
}

using System.Globalization;
using KubeLens.AppHost.State;

namespace KubeLens.AppHost.Terminal;

/// <summary>What a person does next, shown once everything is ready.</summary>
internal static class ReadyBlock
{
    private const string DemoLine = """

                      This is a demo: the cluster and its history are made up. For your own:
                      dotnet run --project AppHost -- --kubeconfig FILE
        """;

    public static string Text(StateFolder state, string loginLink, TimeSpan took, bool demo, IReadOnlyList<ReadyLine> further) => string.Create(CultureInfo.InvariantCulture, $"""

          KubeLens is ready ({took.TotalSeconds:0.0} s).

          Portal      {loginLink}
                      (signs in once; after that a fresh link appears here)
          Try         kubectl --kubeconfig {Quoted(state.Kubeconfig)} get namespaces
          Kubeconfig  {state.Kubeconfig}
          State       {state.Home}{string.Concat(further.Select(Line))}{(demo ? DemoLine : "")}

          Ctrl-C stops everything.

        """);

    private static string Line(ReadyLine line) => $"{Environment.NewLine}  {line.Title,-10}  {line.Text}";

    private static string Quoted(string path) => path.All(character => char.IsAsciiLetterOrDigit(character) || "/._-+".Contains(character)) ? path : $"'{path.Replace("'", "'\\''")}'";
}

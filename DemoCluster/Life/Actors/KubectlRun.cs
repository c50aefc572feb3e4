using System.Text.Json.Nodes;

namespace KubeLens.DemoCluster.Life.Actors;

/// <summary>One command of a person: all its calls carry the same session, as kubectl's do.</summary>
/// <param name="command">Such as <c>kubectl get</c>: what the <c>Kubectl-Command</c> header says.</param>
internal sealed class KubectlRun(Actor person, string command, Guid session)
{
    public Task<Answer> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, cancellationToken, accept: Actor.Table);

    public Task<Answer> ReadAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, cancellationToken);

    public Task<Answer> SendAsync(HttpMethod method, string path, CancellationToken cancellationToken, JsonNode? body = null, string contentType = Actor.Json, string accept = Actor.Json) =>
        person.SendAsync(method, path, cancellationToken, body, contentType, accept, headers =>
        {
            headers.TryAddWithoutValidation("Kubectl-Command", command);
            headers.TryAddWithoutValidation("Kubectl-Session", session.ToString());
        });

    /// <summary>Runs a command in a container by WebSocket, and waits for its end.</summary>
    public async Task ExecAsync(string ns, string pod, string container, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var query = string.Concat(arguments.Select(argument => $"command={Uri.EscapeDataString(argument)}&"));
        await ExecCall.RunAsync(person, $"/api/v1/namespaces/{ns}/pods/{pod}/exec?{query}container={container}&stderr=true&stdout=true", command, session, cancellationToken);
    }
}

using System.CommandLine;
using KubeLens.Gateway.Normalize;

namespace KubeLens.Gateway.Connect.Commands;

/// <summary>The request that <c>gateway policy test</c> is asked about.</summary>
internal static class PolicyRequest
{
    private static readonly Option<string?> Request = new("--request") { Description = "as on the wire: \"GET /api/v1/namespaces/x/pods?watch=1\"" };
    private static readonly Option<string?> Verb = new("--verb") { Description = "get, list, watch, create, update, patch, delete, deletecollection" };
    private static readonly Option<string?> Resource = new("--resource") { Description = "pods, or pods/exec" };
    private static readonly Option<string?> Subresource = new("--subresource");
    private static readonly Option<string?> ApiGroup = new("--api-group") { Description = "apps; left out, the core group" };
    private static readonly Option<string?> Namespace = new("--namespace");
    private static readonly Option<string?> Name = new("--name");

    public static IReadOnlyList<Option> Options => [Request, Verb, Resource, Subresource, ApiGroup, Namespace, Name];

    /// <exception cref="ArgumentException">Too little is given, or both forms.</exception>
    public static RequestInfo Of(ParseResult arguments)
    {
        string?[] parts = [arguments.GetValue(Verb), arguments.GetValue(Resource), arguments.GetValue(Subresource), arguments.GetValue(ApiGroup), arguments.GetValue(Namespace), arguments.GetValue(Name)];
        if (arguments.GetValue(Request) is { } request)
        {
            return parts.Any(part => part is not null)
                ? throw new ArgumentException("give --request alone, without --verb, --resource and the like")
                : Parsed(request);
        }

        if (parts[0] is not { Length: > 0 } verb || parts[1] is not { Length: > 0 } resource)
        {
            throw new ArgumentException("give --verb and --resource, or --request \"GET /api/v1/pods\"");
        }

        var slash = resource.IndexOf('/', StringComparison.Ordinal);
        var subresource = parts[2] ?? (slash < 0 ? "" : resource[(slash + 1)..]);
        return new RequestInfo
        {
            IsResourceRequest = true,
            Verb = verb,
            Resource = slash < 0 ? resource : resource[..slash],
            Subresource = subresource,
            ApiGroup = parts[3] is null or "core" ? "" : parts[3]!,
            Namespace = parts[4] ?? "",
            Name = parts[5] ?? "",
        };
    }

    private static RequestInfo Parsed(string request) => request.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var method, ['/', ..] target]
        ? RequestInfoParser.Parse(method.ToUpperInvariant(), target)
        : throw new ArgumentException($"--request is \"{request}\": give a method and a path, as \"GET /api/v1/pods\"");
}

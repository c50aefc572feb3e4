using System.Web;
using KubeLens.Contracts.Search;

namespace KubeLens.Portal.CopyAs;

/// <summary>The kubectl command that makes a call like this one. Bodies are named as files, since what was kept of them may be redacted or cut.</summary>
internal static class KubectlCommand
{
    public static string Of(CallDetails call)
    {
        string[] words = ["kubectl", .. Words(call), .. call.ImpersonatedUser.Length > 0 ? ["--as", call.ImpersonatedUser] : Array.Empty<string>(), .. call.Options is { DryRun: true } ? ["--dry-run=server"] : Array.Empty<string>()];
        return ShellWords.Join(words);
    }

    private static IEnumerable<string> Words(CallDetails call) => (call.Resource, call.Subresource, call.Verb) switch
    {
        ("pods", "exec", _) => Exec(call),
        ("pods", "attach", _) => ["attach", .. Namespace(call), call.Name, .. Container(call)],
        ("pods", "portforward", _) => ["port-forward", .. Namespace(call), call.Name, .. Parameters(call).GetValues("ports") ?? ["LOCAL:REMOTE"]],
        ("pods", "log", _) => ["logs", .. Namespace(call), call.Name, .. Container(call), .. Parameters(call)["follow"] == "true" ? ["-f"] : Array.Empty<string>()],
        ("pods", "eviction", _) or ("", _, _) or (_, "proxy", _) => Raw(call),
        (_, "scale", "update" or "patch") => ["scale", Kind(call), call.Name, "--replicas=COUNT", .. Namespace(call)],
        (_, { Length: > 0 }, "patch") => [.. Patch(call), $"--subresource={call.Subresource}"],
        (_, { Length: > 0 }, "get") => ["get", .. Object(call), $"--subresource={call.Subresource}", "-o", "yaml"],
        (_, { Length: > 0 }, _) => Raw(call),
        (_, _, "get") => ["get", .. Object(call), "-o", "yaml"],
        (_, _, "list") => ["get", Kind(call), .. Scope(call), .. Selectors(call)],
        (_, _, "watch") => ["get", .. call.Name.Length > 0 ? Object(call) : [Kind(call), .. Scope(call)], .. Selectors(call), "--watch"],
        (_, _, "create") => ["create", .. Namespace(call), "-f", "body.json"],
        (_, _, "update") => ["replace", .. Namespace(call), "-f", "body.json"],
        (_, _, "patch") when call.Options?.PatchType == "apply" => ["apply", "--server-side", .. Manager(call), .. Namespace(call), "-f", "body.yaml"],
        (_, _, "patch") => Patch(call),
        (_, _, "delete") => ["delete", .. Object(call), .. Cascade(call)],
        (_, _, "deletecollection") => ["delete", Kind(call), .. Scope(call), .. call.LabelSelector.Length + call.FieldSelector.Length > 0 ? Selectors(call) : ["--all"], .. Cascade(call)],
        _ => Raw(call),
    };

    private static IEnumerable<string> Exec(CallDetails call)
    {
        var parameters = Parameters(call);
        return
        [
            "exec", .. Namespace(call), call.Name, .. Container(call),
            .. parameters["stdin"] == "true" ? ["-i"] : Array.Empty<string>(),
            .. parameters["tty"] == "true" ? ["-t"] : Array.Empty<string>(),
            "--", .. parameters.GetValues("command") ?? ["COMMAND"],
        ];
    }

    // As the call was sent; kubectl has flags for three verbs of HTTP only.
    private static IEnumerable<string> Raw(CallDetails call) => call.Method switch
    {
        "POST" => ["create", "--raw", call.Path, "-f", "body.json"],
        "PUT" => ["replace", "--raw", call.Path, "-f", "body.json"],
        "DELETE" => ["delete", "--raw", call.Path],
        _ => ["get", "--raw", call.Path],
    };

    private static IEnumerable<string> Patch(CallDetails call) => ["patch", .. Object(call), $"--type={(call.Options?.PatchType is { Length: > 0 } type ? type : "merge")}", "--patch-file=body.json"];

    private static IEnumerable<string> Object(CallDetails call) => [Kind(call), call.Name, .. Namespace(call)];

    private static string Kind(CallDetails call) => call.ApiGroup.Length > 0 ? $"{call.Resource}.{call.ApiGroup}" : call.Resource;

    private static string[] Namespace(CallDetails call) => call.Namespace.Length > 0 ? ["-n", call.Namespace] : [];

    // A cluster's own resources take the flag too.
    private static string[] Scope(CallDetails call) => call.Namespace.Length > 0 ? ["-n", call.Namespace] : ["-A"];

    private static string[] Selectors(CallDetails call) =>
    [
        .. call.LabelSelector.Length > 0 ? ["-l", call.LabelSelector] : Array.Empty<string>(),
        .. call.FieldSelector.Length > 0 ? [$"--field-selector={call.FieldSelector}"] : Array.Empty<string>(),
    ];

    private static string[] Manager(CallDetails call) => call.Options is { FieldManager.Length: > 0 } options ? [$"--field-manager={options.FieldManager}"] : [];

    private static string[] Cascade(CallDetails call) => call.Options is { Propagation.Length: > 0 } options ? [$"--cascade={options.Propagation.ToLowerInvariant()}"] : [];

    private static string[] Container(CallDetails call) => Parameters(call)["container"] is { Length: > 0 } container ? ["-c", container] : [];

    private static System.Collections.Specialized.NameValueCollection Parameters(CallDetails call)
        => HttpUtility.ParseQueryString(call.Path.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at ? call.Path[at..] : "");
}

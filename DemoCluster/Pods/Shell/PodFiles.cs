using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Pods.Shell;

/// <summary>The few files of a container, and what a shell writes beside them until it ends.</summary>
internal sealed class PodFiles
{
    private const int MostBytes = 1024 * 1024;
    private const string ServiceAccount = "/var/run/secrets/kubernetes.io/serviceaccount";

    private readonly SortedDictionary<string, string> _files;
    private long _written;

    public PodFiles(JsonObject pod, string hostname)
    {
        var ns = pod.Text("metadata.namespace");
        var account = pod.Text("spec.serviceAccountName") is { Length: > 0 } named ? named : "default";
        _files = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["/etc/hostname"] = hostname + "\n",
            ["/etc/hosts"] = $"127.0.0.1\tlocalhost\n{(pod.Text("status.podIP") is { Length: > 0 } ip ? ip : "10.244.1.17")}\t{hostname}\n",
            ["/etc/os-release"] = "PRETTY_NAME=\"Demo Linux 1\"\nNAME=\"Demo Linux\"\nID=demo\nVERSION_ID=\"1\"\n",
            ["/etc/passwd"] = "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n",
            ["/etc/resolv.conf"] = $"search {ns}.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n",
            ["/etc/app/config.yaml"] = "listen: :8080\nlog: {level: info}\ndatabase: {host: postgres, port: 5432}\n",
            ["/app/README"] = "This container is part of a demo: nothing runs in it.\n",
            ["/tmp/.keep"] = "",
            [$"{ServiceAccount}/ca.crt"] = "-----BEGIN CERTIFICATE-----\ndemo\n-----END CERTIFICATE-----\n",
            [$"{ServiceAccount}/namespace"] = ns,
            [$"{ServiceAccount}/token"] = FakeToken(ns, account),
        };
    }

    /// <summary>Null when there is no such file.</summary>
    public string? Read(string path) => path == "/dev/null" ? "" : _files.GetValueOrDefault(path);

    /// <returns>False when the shell has written too much.</returns>
    public bool Write(string path, string text, bool append)
    {
        if (path == "/dev/null")
        {
            return true;
        }

        _written += text.Length;
        if (_written > MostBytes)
        {
            return false;
        }

        _files[path] = append ? _files.GetValueOrDefault(path, "") + text : text;
        return true;
    }

    public bool Delete(string path) => _files.Remove(path);

    public bool IsFolder(string path) => path == "/" || _files.Keys.Any(file => file.StartsWith(path + "/", StringComparison.Ordinal));

    /// <summary>Names right below a folder; folders end in <c>/</c>.</summary>
    public IReadOnlyList<string> List(string folder)
    {
        var prefix = folder == "/" ? "/" : folder + "/";
        return [.. _files.Keys.Where(file => file.StartsWith(prefix, StringComparison.Ordinal)).Select(file => file[prefix.Length..])
            .Select(rest => rest.Contains('/') ? rest[..(rest.IndexOf('/') + 1)] : rest).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>In the shape of a token, so that what redacts tokens has something to redact; it opens nothing.</summary>
    private static string FakeToken(string ns, string account)
    {
        var payload = new JsonObject { ["iss"] = "kubelens-demo", ["note"] = "not a credential", ["sub"] = $"system:serviceaccount:{ns}:{account}" };
        return $"{Part("""{"alg":"HS256","typ":"JWT"}""")}.{Part(payload.ToJsonString())}.{Part("a fake signature, of a demo pod")}";
    }

    private static string Part(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}

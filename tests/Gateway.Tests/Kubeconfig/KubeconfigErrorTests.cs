using KubeLens.Gateway.Kubeconfig;
using KubeLens.Gateway.Tests.Upstream;

namespace KubeLens.Gateway.Tests.Kubeconfig;

/// <summary>Whatever is wrong, the message names file, entry, field and fix.</summary>
public sealed class KubeconfigErrorTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string, string> Files => new()
    {
        { "not YAML", "clusters: [", "is not YAML (line " },
        { "ends within a flow", "a:\n- b: {c: d, e", "is not YAML" },
        { "half a surrogate pair", "a: \"\\ud800\\ud800\"", "is not YAML" },
        { "deep", "clusters: " + new string('[', 100_000), "nests deeper than 64 levels" },
        { "tabs", "clusters:\n\t- name: a", "is not YAML (line " },
        { "duplicate key", "kind: Config\nkind: Config", "is not YAML" },
        { "empty", "", "has no clusters. Add one with: kubectl config set-cluster" },
        { "comment only", "# nothing", "has no clusters" },
        { "text", "hello", "is not a kubeconfig: a mapping" },
        { "list", "- a", "is not a kubeconfig: a mapping" },
        { "other kind", "kind: Pod", "field kind: is Pod, not Config" },
        { "null clusters", "clusters: null\ncontexts: []", "has no clusters" },
        { "clusters no list", "clusters: { a: b }", "field clusters: must be a list" },
        { "clusters of texts", "clusters: [a]", "field clusters: must be a list of mappings" },
        { "nameless", "clusters: [{ cluster: { server: \"https://a\" } }]", "clusters[0], field name: is missing" },
        { "twice", "clusters: [{ name: a }, { name: a }]", "\"a\" is there twice" },
        { "no contexts", "clusters: [{ name: a }]", "has no contexts. Add one with: kubectl config set-context" },
        { "no current", "clusters: [{ name: a }]\ncontexts: [{ name: x }, { name: y }]", "has no current-context and none was chosen. Choose one with Cluster:Context or: kubectl config use-context NAME. There are: x, y" },
        { "unknown current", "clusters: [{ name: a }]\ncontexts: [{ name: x }]\ncurrent-context: z", "has no context \"z\". There are: x" },
        { "context without cluster", "clusters: [{ name: a }]\ncontexts: [{ name: x }]\ncurrent-context: x", "context \"x\", field cluster: is missing" },
        { "absent cluster", "clusters: [{ name: a }]\ncontexts: [{ name: x, context: { cluster: b, user: u } }]\ncurrent-context: x", "context \"x\", field cluster: there is no cluster \"b\". There are: a" },
        { "absent user", "clusters: [{ name: a, cluster: { server: \"https://a\" } }]\ncontexts: [{ name: x, context: { cluster: a, user: u } }]\ncurrent-context: x", "context \"x\", field user: there is no user \"u\"" },
    };

    public static TheoryData<string, string> Clusters => new()
    {
        { "server: ''", "cluster \"c1\", field server: is missing" },
        { "server: 'kube.example:6443'", "\"kube.example:6443\" has no scheme: write https://kube.example:6443" },
        { "server: 'kube.example'", "has no scheme: write https://kube.example" },
        { "server: 'ftp://kube'", "\"ftp://kube\" is not an http or https address" },
        { "server: 'https://'", "is not an http or https address" },
        { "server: 'https://me:pw@kube'", "credentials belong into the user entry" },
        { "server: [a]", "cluster \"c1\", field server: must be text" },
        { "server: 'https://a', certificate-authority-data: '%%%'", "field certificate-authority-data: is not base64. Encode the PEM file with base64 -w0" },
        { "server: 'https://a', certificate-authority-data: aGVsbG8=", "field certificate-authority-data: holds no certificate" },
        { "server: 'https://a', certificate-authority: absent.crt", "field certificate-authority: there is no file " },
        { "server: 'https://a', certificate-authority: .", "field certificate-authority: " },
        { "server: 'https://a', certificate-authority: garbage.crt", "garbage.crt): holds a damaged certificate" },
        { "server: 'https://a', insecure-skip-tls-verify: maybe", "must be true or false, not \"maybe\"" },
        { "server: 'https://a', insecure-skip-tls-verify: true, certificate-authority: ca.crt", "excludes certificate-authority: remove one" },
        { "server: 'https://a', proxy-url: 'gopher://x'", "field proxy-url: \"gopher://x\" must be http://" },
        { "server: 'https://a', proxy-url: 'localhost:3128'", "field proxy-url: " },
    };

    public static TheoryData<string, string> Users => new()
    {
        { "auth-provider: { name: gcp }", "user \"u1\", field auth-provider: was removed from Kubernetes 1.26. Use the exec plugin" },
        { "client-certificate: a.crt", "field client-certificate: there is no file " },
        { "client-certificate: jane.crt", "field client-key: is missing" },
        { "client-key: jane.key", "field client-certificate: is missing" },
        { "client-certificate: jane.crt, client-key: other.key", "the key is damaged or belongs to another certificate" },
        { "client-certificate: jane.crt, client-key: jane.crt", "holds no private key" },
        { "client-certificate: jane.crt, client-key: encrypted.key", "is encrypted with a passphrase" },
        { "client-certificate: jane.crt, client-key: damaged.key", "the key is damaged" },
        { "client-certificate: jane.key, client-key: jane.key", "holds no certificate" },
        { "client-certificate-data: '*', client-key: jane.key", "field client-certificate-data: is not base64" },
        { "token: \"a\\nb\"", "field token: holds a line break" },
        { "username: me, password: pw, token: t", "field username: excludes token" },
        { "as-groups: [a]", "field as: is missing, though as-uid, as-groups or as-user-extra is there" },
        { "as: \"a\\r\\nX-Remote-User: root\"", "field as: holds a line break" },
        { "as: a, as-groups: x", "field as-groups: must be a list" },
        { "as: a, as-groups: [\"a\\nb\"]", "field as-groups: holds a line break" },
        { "as: a, as-user-extra: { k: [\"a\\nb\"] }", "user \"u1\", as-user-extra, field k: holds a line break" },
        { "exec: { command: a }", "user \"u1\", exec, field apiVersion: is missing" },
        { "exec: { apiVersion: client.authentication.k8s.io/v1alpha1, command: a }", "v1alpha1\" is not supported" },
        { "exec: { apiVersion: client.authentication.k8s.io/v1beta1 }", "user \"u1\", exec, field command: is missing" },
        { "exec: { apiVersion: client.authentication.k8s.io/v1, command: a }", "field interactiveMode: is missing" },
        { "exec: { apiVersion: client.authentication.k8s.io/v1, command: a, interactiveMode: Always }", "has no terminal to ask on" },
        { "exec: { apiVersion: client.authentication.k8s.io/v1, command: a, interactiveMode: sometimes }", "is none of Never, IfAvailable, Always" },
        { "exec: { apiVersion: client.authentication.k8s.io/v1beta1, command: a, env: [{ value: b }] }", "env[0], field name: is missing" },
        { "exec: text", "field exec: must be a mapping" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Load_BadFile_SaysWhatAndWhere(string what, string text, string message)
    {
        var path = _folder.Write("config", text);

        var error = Should.Throw<KubeconfigException>(() => KubeconfigLoader.Load(path, ""), what);

        error.Message.ShouldStartWith(path);
        error.Message.ShouldContain(message);
    }

    [Theory]
    [MemberData(nameof(Clusters))]
    public void Load_BadCluster_SaysWhatAndWhere(string cluster, string message) =>
        Error(KubeconfigText.One().Replace("server: \"https://127.0.0.1:1\"", cluster)).ShouldContain(message);

    [Theory]
    [MemberData(nameof(Users))]
    public void Load_BadUser_SaysWhatAndWhere(string user, string message) => Error(KubeconfigText.One(user: user)).ShouldContain(message);

    [Fact]
    public void Load_BinaryFile_IsRefused()
    {
        File.WriteAllBytes(_folder["config"], [0x7f, (byte)'E', (byte)'L', (byte)'F', 0, 1, 2, 255, 254, 0]);

        Should.Throw<KubeconfigException>(() => KubeconfigLoader.Load(_folder["config"], "")).Message.ShouldStartWith(_folder["config"]);
    }

    [Fact]
    public void Load_Folder_IsRefused() =>
        Should.Throw<KubeconfigException>(() => KubeconfigLoader.Load(_folder.Path, "")).Message.ShouldContain("cannot be read");

    [Fact]
    public void Load_SecretsInBadFields_AreNotQuoted() =>
        Error(KubeconfigText.One(user: "token: \"hunter2\\nhunter2\"")).ShouldNotContain("hunter2");

    private string Error(string text)
    {
        var authority = TestAuthority.Create();
        var (jane, other) = (authority.Client("CN=jane"), authority.Client("CN=other"));
        _folder.Write("ca.crt", authority.Pem);
        _folder.Write("garbage.crt", "-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n");
        _folder.Write("jane.crt", jane.ExportCertificatePem());
        _folder.Write("jane.key", TestAuthority.KeyPem(jane));
        _folder.Write("other.key", TestAuthority.KeyPem(other));
        _folder.Write("damaged.key", "-----BEGIN PRIVATE KEY-----\naGVsbG8=\n-----END PRIVATE KEY-----\n");
        _folder.Write("encrypted.key", "-----BEGIN ENCRYPTED PRIVATE KEY-----\naGVsbG8=\n-----END ENCRYPTED PRIVATE KEY-----\n");
        var path = _folder.Write("config", text);
        var message = Should.Throw<KubeconfigException>(() => KubeconfigLoader.Load(path, "")).Message;
        message.ShouldStartWith(path + ": ");
        return message;
    }
}

using KubeLens.Gateway.Kubeconfig;
using KubeLens.Gateway.Tests.Upstream;

namespace KubeLens.Gateway.Tests.Kubeconfig;

public sealed class KubeconfigLoaderTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_EveryField_IsRead()
    {
        var authority = TestAuthority.Create();
        var client = authority.Client("CN=jane, O=dev");
        _folder.Write("pki/ca.crt", authority.Pem);
        _folder.Write("pki/jane.crt", client.ExportCertificatePem());
        _folder.Write("pki/jane.key", TestAuthority.KeyPem(client));
        var path = _folder.Write("config", KubeconfigText.One("https://kube.example:6443/k8s/c1/",
            "certificate-authority: pki/ca.crt, tls-server-name: kubernetes, proxy-url: \"socks5://127.0.0.1:1080\", disable-compression: true, extensions: [{ name: client.authentication.k8s.io/exec, extension: { audience: a, depth: 3, on: true, text: \"1\" } }]",
            "client-certificate: pki/jane.crt, client-key: pki/jane.key, tokenFile: tok, as: bob, as-uid: \"7\", as-groups: [g1, g2], as-user-extra: { scopes: [view, edit] }",
            "namespace: prod"));

        var context = KubeconfigLoader.Load(path, "");

        context.Name.ShouldBe("x1");
        context.Namespace.ShouldBe("prod");
        context.Cluster.Name.ShouldBe("c1");
        context.Cluster.Server.AbsoluteUri.ShouldBe("https://kube.example:6443/k8s/c1");
        context.Cluster.Authorities!.ShouldHaveSingleItem().Subject.ShouldBe("CN=test-ca");
        context.Cluster.TlsServerName.ShouldBe("kubernetes");
        context.Cluster.Proxy!.Scheme.ShouldBe("socks5");
        context.Cluster.DisableCompression.ShouldBeTrue();
        context.Cluster.ExecConfig.ShouldBe("""{"audience":"a","depth":3,"on":true,"text":"1"}""");
        context.User.Certificate!.Leaf.HasPrivateKey.ShouldBeTrue();
        context.User.TokenFile.ShouldBe(_folder["tok"]);
        var impersonation = context.User.Impersonation!;
        (impersonation.User, impersonation.Uid).ShouldBe(("bob", "7"));
        impersonation.Groups.ShouldBe(["g1", "g2"]);
        impersonation.Extra.ShouldHaveSingleItem().Value.ShouldBe(["view", "edit"]);
    }

    [Fact]
    public void Load_Exec_IsReadAndItsPathResolved()
    {
        var path = _folder.Write("config", KubeconfigText.One(user: "exec: { apiVersion: client.authentication.k8s.io/v1, command: ./bin/login, args: [get, token], env: [{ name: A, value: b }], installHint: get it, provideClusterInfo: true, interactiveMode: Never }"));

        var exec = KubeconfigLoader.Load(path, "").User.Exec!;

        exec.Command.ShouldBe(_folder["bin/login"]);
        exec.Arguments.ShouldBe(["get", "token"]);
        exec.Environment.ShouldHaveSingleItem().ShouldBe(KeyValuePair.Create("A", "b"));
        exec.InstallHint.ShouldBe("get it");
        exec.ProvideClusterInfo.ShouldBeTrue();
    }

    [Fact]
    public void Load_SeveralFiles_FirstWinsWholeEntries()
    {
        var first = _folder.Write("one/config", """
            clusters: [{ name: shared, cluster: { server: "https://first:1" } }]
            users: [{ name: red, user: { token: one } }]
            """);
        var second = _folder.Write("two/config", """
            clusters: [{ name: shared, cluster: { server: "https://second:1", tls-server-name: second } }]
            users: [{ name: red, user: { token: two, as: bob } }, { name: blue, user: { tokenFile: blue.token } }]
            contexts: [{ name: a, context: { cluster: shared, user: red } }, { name: b, context: { cluster: shared, user: blue } }]
            current-context: a
            """);
        var third = _folder.Write("three", "current-context: nobody");
        var paths = string.Join(Path.PathSeparator, first, _folder["absent"], second, third);

        var a = KubeconfigLoader.Load(paths, "");
        var b = KubeconfigLoader.Load(paths, "b");

        a.Cluster.Server.Host.ShouldBe("first");
        a.Cluster.TlsServerName.ShouldBeEmpty();
        a.User.Token.ShouldBe("one");
        a.User.Impersonation.ShouldBeNull();
        b.User.TokenFile.ShouldBe(_folder["two/blue.token"]);
    }

    [Fact]
    public void Load_BrokenEntriesOfOtherContexts_HarmNobody()
    {
        var path = _folder.Write("config", KubeconfigText.One() + "\npreferences: {}\nunknown: [1]\n");
        File.WriteAllText(path, File.ReadAllText(path).Replace("clusters:\n", "clusters:\n- { name: broken, cluster: { server: nowhere, certificate-authority-data: '!' } }\n"));

        KubeconfigLoader.Load(path, "x1").User.Token.ShouldBe("t");
    }

    [Fact]
    public void Load_DataAndFile_DataWins()
    {
        var authority = TestAuthority.Create("CN=from-data");
        var path = _folder.Write("config", KubeconfigText.One(cluster: $"certificate-authority: absent.crt, certificate-authority-data: {KubeconfigText.Base64(authority.Pem)}"));

        KubeconfigLoader.Load(path, "").Cluster.Authorities!.Single().Subject.ShouldBe("CN=from-data");
    }

    [Fact]
    public void Load_JsonKubeconfig_IsYamlToo()
    {
        var path = _folder.Write("config", """{"kind":"Config","clusters":[{"name":"c","cluster":{"server":"https://h:1","insecure-skip-tls-verify":true}}],"users":[{"name":"u","user":{"token":"abc\n"}}],"contexts":[{"name":"x","context":{"cluster":"c","user":"u"}}],"current-context":"x"}""");

        var context = KubeconfigLoader.Load(path, null);

        context.Cluster.SkipTlsVerify.ShouldBeTrue();
        context.User.Token.ShouldBe("abc");
    }

    [Fact]
    public void Find_Nothing_LooksWhereKubectlLooks()
    {
        var home = _folder.Write(".kube/config", "");
        var variable = _folder.Write("variable", "");

        KubeconfigSources.Find("", null, _folder.Path).ShouldBe([home]);
        KubeconfigSources.Find("", variable, _folder.Path).ShouldBe([variable]);
        KubeconfigSources.Find(home, variable, _folder.Path).ShouldBe([home]);
    }

    [Fact]
    public void Find_FileMissing_SaysWhatWasLookedFor()
    {
        Should.Throw<KubeconfigException>(() => KubeconfigSources.Find("", null, "/nonexistent")).Message.ShouldContain("/nonexistent/.kube/config: no such file (the default)");
        Should.Throw<KubeconfigException>(() => KubeconfigSources.Find("", "/no/a:/no/b", "/nonexistent")).Message.ShouldContain("/no/a, /no/b: no such file ($KUBECONFIG)");
    }
}

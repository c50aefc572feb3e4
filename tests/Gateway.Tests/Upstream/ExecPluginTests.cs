using System.Net;
using System.Text.Json;
using KubeLens.Gateway.Tests.Kubeconfig;
using KubeLens.Gateway.Upstream;
using static KubeLens.Gateway.Tests.Upstream.UpstreamHarness;

namespace KubeLens.Gateway.Tests.Upstream;

public sealed class ExecPluginTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly TestAuthority _authority = TestAuthority.Create();
    private readonly ManualClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("v1")]
    [InlineData("v1beta1")]
    public async Task Run_Token_IsSentAndKept(string version)
    {
        await using var server = await TestApiServer.StartAsync(_authority.Server("127.0.0.1"));
        Plugin($"""
            echo run >> {_folder["runs"]}
            printf '%s' "$KUBERNETES_EXEC_INFO" > {_folder["info"]}
            cat > {_folder["stdin"]}
            echo some chatter >&2
            {Print("\"token\":\"$1-$FLAVOUR\"", version)}
            """);
        using var cluster = Cluster(Config(server, version, ", args: [tok], env: [{ name: FLAVOUR, value: mint }], provideClusterInfo: true"));

        await cluster.GetAsync();
        await cluster.GetAsync();

        server.Calls.Select(call => call.Authorization).ShouldBe(["Bearer tok-mint", "Bearer tok-mint"]);
        Runs().ShouldBe(1);
        File.ReadAllText(_folder["stdin"]).ShouldBeEmpty();
        var info = JsonDocument.Parse(File.ReadAllText(_folder["info"])).RootElement;
        info.GetProperty("apiVersion").GetString().ShouldBe("client.authentication.k8s.io/" + version);
        info.GetProperty("kind").GetString().ShouldBe("ExecCredential");
        info.GetProperty("spec").GetProperty("interactive").GetBoolean().ShouldBeFalse();
        var passed = info.GetProperty("spec").GetProperty("cluster");
        passed.GetProperty("server").GetString().ShouldBe(server.Address);
        passed.GetProperty("certificate-authority-data").GetString().ShouldBe(KubeconfigText.Base64(_authority.Pem.TrimEnd()));
        passed.GetProperty("config").GetProperty("audience").GetString().ShouldBe("a");
    }

    [Fact]
    public async Task Run_ManyCallsAtOnce_RunsOnce()
    {
        await using var server = await TestApiServer.StartAsync(_authority.Server("127.0.0.1"));
        Plugin($"echo run >> {_folder["runs"]}; sleep 0.3; " + Print("\"token\":\"t\""));
        using var cluster = Cluster(Config(server));

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => cluster.GetAsync()));

        Runs().ShouldBe(1);
        server.Calls.Count.ShouldBe(20);
    }

    [Fact]
    public async Task Run_CallerGivesUp_OthersGetTheCredential()
    {
        await using var server = await TestApiServer.StartAsync(_authority.Server("127.0.0.1"));
        Plugin($"echo run >> {_folder["runs"]}; sleep 0.3; " + Print("\"token\":\"t\""));
        using var cluster = Cluster(Config(server));
        using var impatient = new CancellationTokenSource();
        using var request = new HttpRequestMessage();

        var gone = cluster.AuthorizeAsync(request, impatient.Token).AsTask();
        var staying = cluster.GetAsync();
        await impatient.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => gone);
        (await staying).Status.ShouldBe(HttpStatusCode.OK);
        Runs().ShouldBe(1);
    }

    [Fact]
    public async Task Run_NearExpiry_RefreshesInTheBackgroundThenWaitsWhenExpired()
    {
        await using var server = await TestApiServer.StartAsync(_authority.Server("127.0.0.1"));
        Plugin(Counting("\"token\":\"t$n\",\"expirationTimestamp\":\"$(cat " + _folder["expires"] + ")\""));
        ExpireIn(TimeSpan.FromHours(1));
        using var cluster = Cluster(Config(server), _clock);
        await cluster.GetAsync();
        _clock.Now += TimeSpan.FromMinutes(59.5);
        ExpireIn(TimeSpan.FromHours(1));

        await cluster.GetAsync();
        await EventuallyAsync(async () => (await cluster.GetAsync(), server.Calls.Last().Authorization).Authorization == "Bearer t2");
        _clock.Now += TimeSpan.FromHours(2);
        ExpireIn(TimeSpan.FromHours(1));
        await cluster.GetAsync();

        server.Calls.Take(2).ShouldAllBe(call => call.Authorization == "Bearer t1");
        server.Calls.Last().Authorization.ShouldBe("Bearer t3");
        Runs().ShouldBe(3);
    }

    [Fact]
    public async Task Run_PrintsExpiredCredential_RunsAgainForTheNextCall()
    {
        await using var server = await TestApiServer.StartAsync(_authority.Server("127.0.0.1"));
        Plugin(Counting("\"token\":\"t$n\",\"expirationTimestamp\":\"2001-01-01T00:00:00Z\""));
        using var cluster = Cluster(Config(server));

        await cluster.GetAsync();
        await cluster.GetAsync();

        server.Calls.Select(call => call.Authorization).ShouldBe(["Bearer t1", "Bearer t2"]);
    }

    [Fact]
    public async Task Send_Answered401_RunsAgainOnceForTheNextCalls()
    {
        await using var server = await TestApiServer.StartAsync(_authority.Server("127.0.0.1"));
        server.Answer = context =>
        {
            context.Response.StatusCode = context.Request.Headers.Authorization == "Bearer t1" ? 401 : 200;
            return Task.CompletedTask;
        };
        Plugin(Counting("\"token\":\"t$n\""));
        using var cluster = Cluster(Config(server));

        var first = await cluster.GetAsync();
        var second = await cluster.GetAsync();
        await cluster.GetAsync();

        first.Status.ShouldBe(HttpStatusCode.Unauthorized);
        second.Status.ShouldBe(HttpStatusCode.OK);
        Runs().ShouldBe(2);
    }

    [Fact]
    public async Task Run_CertificateRotates_NewConnectionsShowTheNewOne()
    {
        await using var server = await TestApiServer.StartAsync(_authority.Server("127.0.0.1"));
        for (var i = 1; i <= 2; i++)
        {
            var certificate = _authority.Client($"CN=jane{i}, O=dev");
            _folder.Write($"status{i}", JsonSerializer.Serialize(new { apiVersion = "client.authentication.k8s.io/v1", kind = "ExecCredential", status = new { clientCertificateData = certificate.ExportCertificatePem(), clientKeyData = TestAuthority.KeyPem(certificate) } }));
        }

        Plugin($"echo run >> {_folder["runs"]}; n=$(wc -l < {_folder["runs"]}); cat {_folder.Path}/status$n");
        server.Answer = context =>
        {
            context.Response.StatusCode = server.Calls.Count == 2 ? 401 : 200;
            return Task.CompletedTask;
        };
        using var cluster = Cluster(Config(server));

        var identities = new[] { (await cluster.GetAsync()).Identity.User, (await cluster.GetAsync()).Identity.User, (await cluster.GetAsync()).Identity.User };

        identities.ShouldBe(["jane1", "jane1", "jane2"]);
        server.Calls.Select(call => call.Certificate[..8]).ShouldBe(["CN=jane1", "CN=jane1", "CN=jane2"], customMessage: string.Join(";", server.Calls.Select(call => call.Certificate)));
    }

    [Theory]
    [InlineData("echo 'please log in' >&2; exit 3", "exited with 3: please log in")]
    [InlineData("exit 1", "exited with 1")]
    [InlineData("echo hello", "did not print JSON (line 1")]
    [InlineData("true", "did not print JSON")]
    [InlineData("echo '[]'", "instead of ExecCredential")]
    [InlineData("echo '{\"kind\":\"Pod\"}'", "printed an object of kind \"Pod\" instead of ExecCredential")]
    [InlineData("echo '{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1beta1\"}'", "while the kubeconfig asks for client.authentication.k8s.io/v1: set exec.apiVersion")]
    [InlineData("echo '{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\"}'", "printed no status")]
    [InlineData("echo '{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":{}}'", "printed neither status.token nor status.clientCertificateData")]
    [InlineData("echo '{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":{\"clientKeyData\":\"x\"}}'", "printed only one of")]
    [InlineData("echo '{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":{\"clientKeyData\":\"x\",\"clientCertificateData\":\"y\"}}'", "status.clientCertificateData holds no certificate")]
    [InlineData("echo '{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":{\"token\":\"t\",\"expirationTimestamp\":\"soon\"}}'", "no RFC 3339 time")]
    public async Task Run_BadPlugin_SaysWhatHappened(string body, string message)
    {
        Plugin(body);
        using var cluster = Cluster(Config(null));
        using var request = new HttpRequestMessage();

        var error = await Should.ThrowAsync<CredentialException>(() => cluster.AuthorizeAsync(request, TestContext.Current.CancellationToken).AsTask());

        error.Message.ShouldStartWith($"user \"u1\", exec plugin {_folder["plugin"]}: ");
        error.Message.ShouldContain(message);
    }

    [Fact]
    public async Task Run_FailsOnce_NextCallTriesAgain()
    {
        await using var server = await TestApiServer.StartAsync(_authority.Server("127.0.0.1"));
        Plugin($"test -e {_folder["ready"]} || exit 1; " + Print("\"token\":\"t\""));
        using var cluster = Cluster(Config(server));

        await Should.ThrowAsync<CredentialException>(() => cluster.GetAsync());
        _folder.Write("ready", "");

        (await cluster.GetAsync()).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Run_TooSlow_IsKilledWithItsChildren()
    {
        Plugin($"sleep 300 & echo $! > {_folder["child"]}; echo waiting for a browser >&2; wait");
        using var cluster = Cluster(Config(null), execTimeout: TimeSpan.FromSeconds(1));
        using var request = new HttpRequestMessage();

        var error = await Should.ThrowAsync<CredentialException>(() => cluster.AuthorizeAsync(request, TestContext.Current.CancellationToken).AsTask());

        error.Message.ShouldContain("printed no credential within 1 s (Cluster:ExecTimeout)");
        var status = $"/proc/{File.ReadAllText(_folder["child"]).Trim()}/stat";
        await EventuallyAsync(() => Task.FromResult(!File.Exists(status) || File.ReadAllText(status).Contains(") Z ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Run_NotInstalled_GivesTheHint()
    {
        using var absent = Cluster(_folder.Write("a", KubeconfigText.One(user: "exec: { apiVersion: client.authentication.k8s.io/v1beta1, command: no-such-plugin-anywhere, installHint: 'Get it from example.org' }")));
        using var path = Cluster(_folder.Write("b", KubeconfigText.One(user: "exec: { apiVersion: client.authentication.k8s.io/v1beta1, command: ./absent }")));
        using var request = new HttpRequestMessage();

        (await Should.ThrowAsync<CredentialException>(() => absent.AuthorizeAsync(request, TestContext.Current.CancellationToken).AsTask())).Message.ShouldContain("no-such-plugin-anywhere: is not on PATH. Get it from example.org");
        (await Should.ThrowAsync<CredentialException>(() => path.AuthorizeAsync(request, TestContext.Current.CancellationToken).AsTask())).Message.ShouldContain("there is no such file");
    }

    // In double quotes, so that the shell fills in what the status says with $.
    private static string Print(string status, string version = "v1")
    {
        var json = """{"apiVersion":"client.authentication.k8s.io/VERSION","kind":"ExecCredential","status":{STATUS}}""";
        return "echo \"" + json.Replace("VERSION", version, StringComparison.Ordinal).Replace("STATUS", status, StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
    }

    private static async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 200 && !await holds(); i++)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        (await holds()).ShouldBeTrue();
    }

    private string Counting(string status) => $"echo run >> {_folder["runs"]}; n=$(wc -l < {_folder["runs"]}); " + Print(status);

    private int Runs() => File.ReadAllLines(_folder["runs"]).Length;

    private void ExpireIn(TimeSpan span) => _folder.Write("expires", (_clock.Now + span).ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture));

    private void Plugin(string body) => _folder.Script("plugin", body + "\n");

    private string Config(TestApiServer? server, string version = "v1", string exec = "") => _folder.Write("config", KubeconfigText.One(
        server?.Address ?? "https://127.0.0.1:1",
        CaData(_authority) + ", extensions: [{ name: client.authentication.k8s.io/exec, extension: { audience: a } }]",
        $"exec: {{ apiVersion: client.authentication.k8s.io/{version}, command: ./plugin, interactiveMode: Never{exec} }}"));
}

using System.Text;
using KubeLens.Testing;
using Npgsql;

namespace KubeLens.EndToEnd.Tests.Canaries;

/// <summary>More than 500 secrets pass a whole KubeLens, and none of them is in anything that it keeps, says or sends.</summary>
public sealed class CanaryCorpusTests(TestCluster cluster, ITestOutputHelper output)
{
    private const int AtLeast = 500;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("x-0123456789", "base64 after 2")]
    public void Search_OfWhatHoldsOne_FindsIt(string before, string encoding)
    {
        var corpus = new CanaryCorpus(1);
        var search = new CanarySearch(corpus);
        var text = before + corpus.New("here");
        search.Look("a place", encoding == "plain" ? text : Convert.ToBase64String(Encoding.UTF8.GetBytes(text[1..] + "after")));

        search.Found.ShouldHaveSingleItem().ShouldContain("a place");
        search.Look("another", "what a harmless text");
        search.Found.Count.ShouldBe(1);
    }

    [Fact]
    public void Search_OfWhatHoldsAGivenSecret_FindsIt()
    {
        var corpus = new CanaryCorpus(1);
        var search = new CanarySearch(corpus);
        search.Look("before", "all harmless");
        corpus.Learn("token request", $"eyJhbGciOiJSUzI1NiJ9.{new string('a', 30)}.0123456789abcdefghij");

        search.Look("a place", "…\"0123456789abcdefghij\"…");
        search.Look("another", Convert.ToBase64String("eyJhbGciOiJSUzI1NiJ9.0123456789abcdefghij"u8));

        search.Found.ShouldBe(["a place: token request, plain", "another: token request, base64 after 0"]);
    }

    [Fact]
    public async Task Canaries_OfEveryKindAndShape_AreNowhere()
    {
        var access = await cluster.RequireNodeAsync(Cancel);
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var corpus = new CanaryCorpus(seed);
        var search = new CanarySearch(corpus);
        var admin = access.Kubectl("admin");
        (await admin.RunAsync(["create", "namespace", corpus.Control], Cancel)).Require();
        await using var telemetry = await OtlpReceiver.StartAsync(Cancel);
        var system = await KubeLensSystem.StartAsync(access.Kubeconfig("admin"), [], new Dictionary<string, string?>(telemetry.Variables.Select(variable => KeyValuePair.Create(variable.Key, (string?)variable.Value)))
        {
            ["OTEL_BSP_SCHEDULE_DELAY"] = "500",
            ["OTEL_BLRP_SCHEDULE_DELAY"] = "500",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "2000",
            ["Capture__Policy__0__Level"] = "request-response",
            ["Capture__Policy__0__Recording"] = "output",
            ["Capture__Policy__0__Resources__0"] = "pods/exec",
            ["Capture__Policy__0__Resources__1"] = "pods/attach",
        }, Cancel);
        try
        {
            var store = system.ServicePid("Store");
            Signals.Send(store, Signals.Stop);
            using (var client = GatewayClient.From(system.Kubeconfig))
            {
                client.DefaultRequestHeaders.UserAgent.ParseAdd($"canary/{corpus.Control}");
                await new CanaryTraffic(client, corpus, Cancel).RunAsync();
            }

            await SessionsAsync(access.KubectlWith(system.Kubeconfig), corpus);
            corpus.Count.ShouldBeGreaterThanOrEqualTo(AtLeast);
            await LookAtFilesAsync(Path.Combine(system.Home.Path, "spool"), "spool", search, []);
            Signals.Send(store, Signals.Continue);

            await LookAtApiAsync(system.Api, corpus, search);
            await LookAtDatabaseAsync(system.Home.Path, search);
            await Eventually.Async(() => telemetry.Requests.Any(request => request.Signal == "traces" && Encoding.UTF8.GetString(request.Content).Contains(corpus.Control, StringComparison.Ordinal)), Cancel, TimeSpan.FromSeconds(20), "spans");
            foreach (var (signal, content) in telemetry.Requests)
            {
                search.Look($"telemetry {signal}", content);
            }

            search.Look("output", system.Process.StandardOutput + system.Process.StandardError);
            system.Process.StandardOutput.ShouldContain("KubeLens is ready");
            await LookAtFilesAsync(system.Home.Path, "state", search, ["postgres", "spool"]);
        }
        finally
        {
            await system.DisposeAsync();
            await admin.RunAsync(["delete", "namespace", corpus.Control, "--wait=false"], CancellationToken.None);
        }

        search.Found.ShouldBeEmpty();
        search.Shown.ShouldBe(["spool", "search", "details", "recording", "database", "telemetry traces", "telemetry logs"], ignoreOrder: true, "where the control was found");
    }

    // What a shell and a log say: the one is recorded by a rule, the other is not kept.
    private static async Task SessionsAsync(Kubectl kubectl, CanaryCorpus corpus)
    {
        var said = string.Join('\n', Enumerable.Range(0, 8).SelectMany(_ => new[] { $"password={corpus.New("output/assignment")}", $"Authorization: Bearer {corpus.New("output/bearer")}", corpus.Jwt("output/jwt") }));
        (await kubectl.RunAsync(["create", "--namespace", corpus.Control, "-f", "-"], Cancel, $$"""
            apiVersion: v1
            kind: Pod
            metadata: {name: box}
            spec:
              hostNetwork: true
              automountServiceAccountToken: false
              terminationGracePeriodSeconds: 0
              containers: [{name: main, image: "localhost/test/busybox:1", imagePullPolicy: Never, command: [sleep, "3600"]}, {name: echo, image: "localhost/test/busybox:1", imagePullPolicy: Never, command: [cat], stdin: true, stdinOnce: true}]
              restartPolicy: Never
            """)).Require();
        (await kubectl.RunAsync(["wait", "--for=condition=Ready", "pod/box", "--timeout=60s", "--namespace", corpus.Control], Cancel, deadline: TimeSpan.FromSeconds(70))).Require();
        var shell = await kubectl.RunAsync(["exec", "-i", "box", "--namespace", corpus.Control, "--", "sh", "-c", "cat; cat > /proc/1/fd/1", $"--password={corpus.New("exec/flag")}"], Cancel, $"{corpus.Control}\n{said}\n");
        shell.Output.ShouldContain(corpus.Marker);
        var echo = await kubectl.RunAsync(["attach", "-i", "box", "--namespace", corpus.Control, "--container", "echo"], Cancel, $"{corpus.Control}\npassword={corpus.New("attach/assignment")}\nAuthorization: Bearer {corpus.New("attach/bearer")}\n");
        echo.Output.ShouldContain(corpus.Marker);
        var log = $"{string.Join('\n', Enumerable.Range(0, 20).Select(_ => corpus.New("container log")))}\n";
        await Eventually.Async(
            async () =>
            {
                // What is written so now and then comes to nothing, with no error.
                (await kubectl.RunAsync(["exec", "-i", "box", "--namespace", corpus.Control, "--", "sh", "-c", "cat > /proc/1/fd/1"], Cancel, log)).Require();
                return (await kubectl.RunAsync(["logs", "box", "--namespace", corpus.Control], Cancel)).Output.Contains(corpus.Marker, StringComparison.Ordinal);
            },
            Cancel,
            TimeSpan.FromSeconds(60),
            "the container's log");
    }

    // Of a copy: some of these files are locked. What goes while it is made is not there to be found.
    private static async Task LookAtFilesAsync(string folder, string place, CanarySearch search, string[] without)
    {
        using var copy = new TempFolder("canaries");
        var entries = Directory.EnumerateFileSystemEntries(folder).Where(entry => !without.Contains(Path.GetFileName(entry))).ToList();
        await TestProcess.RunAsync(new TestCommand("cp", ["-r", .. entries, copy.Path]), Cancel);
        var files = Directory.GetFiles(copy.Path, "*", SearchOption.AllDirectories);
        files.ShouldNotBeEmpty();
        foreach (var file in files)
        {
            search.Look(place, await File.ReadAllBytesAsync(file, Cancel));
        }
    }

    private static async Task LookAtApiAsync(StoreApi api, CanaryCorpus corpus, CanarySearch search)
    {
        await Eventually.Async(async () => (await api.SearchAllAsync($"ns:{corpus.Control} resource:pods/log", Cancel)).Any(call => !call.InFlight), Cancel, TimeSpan.FromSeconds(60), "the last call");
        foreach (var query in new[] { $"ns:{corpus.Control}", "resource:tokenreviews", "resource:certificatesigningrequests" })
        {
            using var page = await api.GetAsync($"/api/v1/calls?q={Uri.EscapeDataString(query)}&from=now-1h&to=now&limit=1000", Cancel);
            search.Look("search", await page.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(Cancel));
            foreach (var call in await api.SearchAllAsync(query, Cancel))
            {
                using var details = await api.GetAsync($"/api/v1/calls/{call.Id}", Cancel);
                search.Look("details", await details.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(Cancel));
                if (call is { Resource: "pods", Subresource: "exec" or "attach" })
                {
                    using var recording = await api.GetAsync($"/api/v1/calls/{call.Id}/recording", Cancel);
                    search.Look("recording", await recording.Content.ReadAsByteArrayAsync(Cancel));
                }
            }
        }
    }

    // Every row of every table as PostgreSQL writes it: bytes are in hexadecimal.
    private static async Task LookAtDatabaseAsync(string home, CanarySearch search)
    {
        var folder = Path.Combine(home, "postgres");
        var settings = new NpgsqlConnectionStringBuilder { Host = Path.Combine(folder, "run"), Username = "kubelens", Database = "kubelens", Password = (await File.ReadAllTextAsync(Path.Combine(folder, "password"), Cancel)).Trim() };
        await using var source = NpgsqlDataSource.Create(settings);
        var tables = new List<string>();
        await using (var names = source.CreateCommand("select format('%I.%I', schemaname, tablename) from pg_tables where schemaname = 'public'"))
        await using (var reader = await names.ExecuteReaderAsync(Cancel))
        {
            while (await reader.ReadAsync(Cancel))
            {
                tables.Add(reader.GetString(0));
            }
        }

        tables.Count.ShouldBeGreaterThan(5);
        foreach (var table in tables)
        {
            await using var rows = source.CreateCommand($"select t::text from {table} t");
            await using var reader = await rows.ExecuteReaderAsync(Cancel);
            while (await reader.ReadAsync(Cancel))
            {
                search.Look("database", reader.GetString(0));
            }
        }
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Google.Protobuf;
using KubeLens.Contracts.Otlp.Protos;
using KubeLens.Contracts.Search;
using KubeLens.Testing;

namespace KubeLens.EndToEnd.Tests;

/// <summary>Rubbish in: an error that names what and where.</summary>
public sealed class RubbishTests(SharedSystem shared)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Query_WithAnUnclosedQuote_NamesTheColumn()
    {
        var system = await shared.DemoAsync(Cancel);
        using var response = await system.Api.GetAsync($"/api/v1/calls?q={Uri.EscapeDataString("verb:get name:\"web")}", Cancel);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = (await response.Content.ReadFromJsonAsync<QueryProblem>(JsonSerializerOptions.Web, Cancel))!;
        var message = problem.Messages[0];
        message.Code.ShouldBe("Q103");
        message.Parameter.ShouldBe("q");
        message.Column.ShouldBe(14);
        message.Fix.ShouldBe("verb:get name:\"web\"");
    }

    [Fact]
    public async Task Otlp_Truncated_IsRefusedAndSaysSo()
    {
        var system = await shared.DemoAsync(Cancel);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{system.StorePort}/v1/logs") { Content = new ByteArrayContent(TruncatedExport()) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(Path.Combine(system.Home.Path, "service-token"), Cancel)).Trim());
        using var response = await http.SendAsync(request, Cancel);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        Status.Parser.ParseFrom(await response.Content.ReadAsByteArrayAsync(Cancel)).Message.ShouldContain("resource_logs[0].scope_logs[0].log_records[0]");
    }

    [Theory]
    [InlineData("apiVersion: v1\nkind: Config\nclusters: []\n", "clusters")]
    [InlineData("apiVersion: v1\nkind: Config\ncurrent-context: a\ncontexts: [{name: a, context: {cluster: c, user: u}}]\nclusters: [{name: c, cluster: {server: \"https://127.0.0.1:1\"}}]\nusers: [{name: u, user: {client-certificate: /nowhere/client.crt, client-key: /nowhere/client.key}}]\n", "/nowhere/client.crt")]
    [InlineData("apiVersion: v1\nkind: Config\ncurrent-context: a\ncontexts: [{name: a, context: {cluster: c, user: u}}]\nclusters: [{name: c, cluster: {server: \"https://127.0.0.1:1\", certificate-authority-data: bm8gY2VydGlmaWNhdGU=}}]\nusers: [{name: u, user: {token: t}}]\n", "certificate-authority-data")]
    public async Task Kubeconfig_ThatCannotBeUsed_EndsTheStartAndNamesTheField(string text, string field)
    {
        using var folder = new TempFolder("rubbish");
        using var home = TempFolder.ForOtherUser("home");
        await File.WriteAllTextAsync(folder["kubeconfig"], text, Cancel);
        var free = Ports.Free(3);
        var ports = new[] { "--gateway-port", $"{free[0]}", "--store-port", $"{free[1]}", "--portal-port", $"{free[2]}" };
        var (code, output, error) = await TestProcess.RunAsync(KubeLensSystem.Command(home.Path, ["--kubeconfig", folder["kubeconfig"], .. ports]), Cancel, TimeSpan.FromMinutes(1));

        code.ShouldNotBe(0);
        var said = output + error;
        said.ShouldContain(field);
        said.ShouldContain(folder["kubeconfig"]);
        said.ShouldNotContain("   at ");
    }

    private static byte[] TruncatedExport()
    {
        var export = new ExportLogsServiceRequest { ResourceLogs = { new ResourceLogs { ScopeLogs = { new ScopeLogs { LogRecords = { new LogRecord { EventName = "kubelens.call" } } } } } } };
        return export.ToByteArray()[..^5];
    }
}

using System.Runtime.CompilerServices;
using KubeLens.Contracts.Calls;
using static KubeLens.Gateway.Tests.Redact.RedactHarness;

namespace KubeLens.Gateway.Tests.Redact;

/// <summary>
/// Bodies as a kube-apiserver 1.20 and kubectl sent them, and what is kept, fingerprints included: with one key they never change.
/// After an intended change, run once with <c>KUBELENS_GOLDEN=write</c> and read the difference.
/// </summary>
public class GoldenCaptureTests
{
    [Theory]
    [InlineData("secret-table", "GET", Secrets + "?includeObject=Object", 200)]
    [InlineData("secret-watch", "GET", Secrets + "?watch=1", 200)]
    [InlineData("secret-apply", "PATCH", Secrets + "/ssa?fieldManager=probe", 201)]
    [InlineData("secret-status", "POST", Secrets, 400)]
    [InlineData("deployment-create", "POST", "/apis/apps/v1/namespaces/shop/deployments", 0)]
    [InlineData("deployment-get", "GET", "/apis/apps/v1/namespaces/shop/deployments/web", 200)]
    public void Redact_Capture_KeepsWhatTheGoldenFileSays(string name, string method, string target, int status)
    {
        var golden = Path.Combine(Folder(), $"{name}.kept.json");
        var body = Send(target, File.ReadAllBytes(Path.Combine(Folder(), $"{name}.wire.json")), status, method: method, isRequest: status == 0);
        if (Environment.GetEnvironmentVariable("KUBELENS_GOLDEN") == "write")
        {
            File.WriteAllText(golden, body.Text() + "\n");
        }

        body.Body.Note.ShouldBe(CallBodyNote.Whole);
        body.Text().Contains("CANARY", StringComparison.Ordinal).ShouldBeFalse();
        body.Text().Contains("Q0FOQVJZ", StringComparison.Ordinal).ShouldBeFalse();
        body.Text().ShouldBe(File.ReadAllText(golden).TrimEnd('\n'));
    }

    private static string Folder([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "Golden");
}

using System.Text.Json;

namespace KubeLens.Gateway.Tests.Identity.Modes;

internal static class StatusAnswer
{
    /// <summary>The message of a refusal, which must be a Kubernetes Status.</summary>
    public static async Task<string> ShouldBeStatusAsync(this HttpResponseMessage response, int code, string reason)
    {
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        ((int)response.StatusCode).ShouldBe(code, body);
        var status = JsonDocument.Parse(body).RootElement;
        status.GetProperty("kind").GetString().ShouldBe("Status");
        status.GetProperty("code").GetInt32().ShouldBe(code);
        status.GetProperty("reason").GetString().ShouldBe(reason);
        return status.GetProperty("message").GetString()!;
    }
}

using KubeLens.Gateway.Tests.Proxy;

namespace KubeLens.Gateway.Tests.Identity.Modes;

public sealed class NestedTests(NestedTests.Fixture gateway) : IClassFixture<NestedTests.Fixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_ThatMay_ActsAsWhomItAskedForAndKeepsWhoAsked()
    {
        gateway.Server.Users["janes"] = """{"username":"jane","uid":"7","groups":["dev","system:authenticated"],"extra":{"scopes":["all"]}}""";
        gateway.Server.May = _ => true;
        gateway.Server.Asked.Clear();
        (await RawAsync(withCertificate: false, """
            GET /api/v1/namespaces/nested HTTP/1.1
            Host: localhost
            Authorization: Bearer janes
            impersonate-user: bob
            Impersonate-Group: ops
            Impersonate-Group: web
            Impersonate-Uid: 9
            Impersonate-Extra-example.org%2Fteam: blue
            """)).ShouldStartWith("HTTP/1.1 200");

        var seen = gateway.Server.Last;
        seen["Impersonate-User"].ShouldBe(["bob"]);
        seen["Impersonate-Group"].ShouldBe(["ops", "web", "system:authenticated"]);
        seen["Impersonate-Uid"].ShouldBe(["9"]);
        seen["Impersonate-Extra-example.org%2Fteam"].ShouldBe(["blue"]);
        seen["Impersonate-Extra-kubelens.io%2Foriginal-user"].ShouldBe(["jane"]);
        gateway.Server.Asked.ShouldAllBe(spec => (string)spec["user"]! == "jane" && (string)spec["uid"]! == "7" && (string)spec["extra"]!["scopes"]![0]! == "all" && (string)spec["resourceAttributes"]!["verb"]! == "impersonate");
        gateway.Server.Asked.Select(spec => spec["resourceAttributes"]!).Select(what => $"{what["group"]} {what["resource"]} {what["subresource"]} {what["name"]}")
            .ShouldBe([" users  bob", " groups  ops", " groups  web", "authentication.k8s.io uids  9", "authentication.k8s.io userextras example.org/team blue"]);

        var call = await gateway.Sink.SingleAsync(c => c.Name == "nested", Cancel);
        (call.User, call.Caller, call.ImpersonatedUser, call.UserSource).ShouldBe(("bob", "jane", "bob", "impersonation"));
        call.Groups.ShouldBe(["ops", "web", "system:authenticated"]);
    }

    [Fact]
    public async Task Call_ThatMayActAsTheUserButNotInTheGroup_Is403ThatSaysSo()
    {
        gateway.Server.May = spec => (string)spec["resourceAttributes"]!["resource"]! == "users";
        (await SendAsync("refused", ("Impersonate-User", "bob"), ("Impersonate-Group", "system:masters")))
            .ShouldContain($"\"{Environment.UserName}\" may not impersonate groups \"system:masters\"");
        (await gateway.Sink.SingleAsync(c => c.Name == "refused", Cancel)).ShouldSatisfyAllConditions(
            call => call.Status.ShouldBe(403),
            call => call.Caller.ShouldBe(Environment.UserName),
            call => call.ImpersonatedUser.ShouldBe("bob"));
    }

    [Fact]
    public async Task Call_AsAServiceAccount_NeedsTheRightOnIt()
    {
        gateway.Server.Asked.Clear();
        gateway.Server.May = _ => false;
        await SendAsync("sa", ("Impersonate-User", "system:serviceaccount:ns:app"));

        var what = gateway.Server.Asked.ShouldHaveSingleItem()["resourceAttributes"]!;
        ((string)what["resource"]!, (string)what["namespace"]!, (string)what["name"]!).ShouldBe(("serviceaccounts", "ns", "app"));
    }

    [Theory]
    [InlineData("Impersonate-Group", "ops", "Impersonate-User is missing")]
    [InlineData("Impersonate-Extra-kubelens.io%2Foriginal-user", "admin", "the gateway's own to say")]
    [InlineData("impersonate-extra-KUBELENS.io%2foriginal-user", "admin", "the gateway's own to say")]
    public async Task Call_AskingForWhatNobodyMay_Is403(string name, string value, string words)
    {
        gateway.Server.May = _ => true;
        var before = gateway.Server.Calls.Count;
        var user = name == "Impersonate-Group" ? "" : "bob";
        (await SendAsync("odd", [(name, value), .. user.Length > 0 ? new[] { ("Impersonate-User", user) } : []])).ShouldContain(words);
        gateway.Server.Calls.Count.ShouldBe(before);
    }

    [Fact]
    public async Task Call_AskingForVeryMuch_IsRefusedWithoutAsking()
    {
        gateway.Server.Asked.Clear();
        var groups = string.Join('\n', Enumerable.Range(0, 64).Select(i => $"Impersonate-Group: g{i}"));

        (await RawAsync(withCertificate: true, $"GET /version HTTP/1.1\nHost: localhost\nImpersonate-User: bob\n{groups}")).ShouldStartWith("HTTP/1.1 403");
        gateway.Server.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Call_ClusterCannotSay_Is503()
    {
        gateway.Server.ReviewsFailWith = 500;
        try
        {
            using var client = gateway.Client();
            client.DefaultRequestHeaders.TryAddWithoutValidation("Impersonate-User", "bob");
            using var response = await client.GetAsync("/version", Cancel);

            await response.ShouldBeStatusAsync(503, "ServiceUnavailable");
        }
        finally
        {
            gateway.Server.ReviewsFailWith = 0;
        }
    }

    // HttpClient would join the groups into one line.
    private async Task<string> RawAsync(bool withCertificate, string request)
    {
        await using var connection = await RawConnection.OpenAsync(gateway, Cancel, withCertificate);
        return await connection.SendAsync(request.ReplaceLineEndings("\r\n") + "\r\n\r\n", Cancel);
    }

    private async Task<string> SendAsync(string name, params (string Name, string Value)[] headers)
    {
        using var client = gateway.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/namespaces/{name}");
        foreach (var header in headers)
        {
            request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        }

        using var response = await client.SendAsync(request, Cancel);
        return await response.ShouldBeStatusAsync(403, "Forbidden");
    }

    public sealed class Fixture : ModeGateway
    {
        public Fixture()
            : base("impersonate") => Settings["Identity__NestedImpersonation"] = "check";
    }
}

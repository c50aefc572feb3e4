using System.Globalization;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Pods.Shell;
using KubeLens.DemoCluster.Tests.Access.Support;
using Microsoft.Extensions.Time.Testing;

namespace KubeLens.DemoCluster.Tests.Pods.Shell;

public sealed class CannedShellTests
{
    private readonly CannedShell _shell = new(new PodMachine(JsonNode.Parse(Samples.Pod)!.AsObject(), "app", new FakeTimeProvider(DateTimeOffset.Parse("2026-11-24T03:20:00Z", CultureInfo.InvariantCulture))));

    [Theory]
    [InlineData("echo a  'b  c' \"d $MODE\" \\$x", "a b  c d demo $x\n")]
    [InlineData("hostname; whoami", "web\nroot\n")]
    [InlineData("id", "uid=0(root) gid=0(root) groups=0(root)\n")]
    [InlineData("uname -a | wc -l", "1\n")]
    [InlineData("date", "Tue Nov 24 03:20:00 UTC 2026\n")]
    [InlineData("env | grep MODE", "MODE=demo\n")]
    [InlineData("cat /etc/hostname", "web\n")]
    [InlineData("cd /etc && pwd; cat hostname", "/etc\nweb\n")]
    [InlineData("false || echo saved", "saved\n")]
    [InlineData("true || echo no; false && echo no; echo $?", "1\n")]
    [InlineData("echo 'a;b|c&&d' # comment", "a;b|c&&d\n")]
    [InlineData("echo one > /tmp/x; echo two >> /tmp/x; cat /tmp/x", "one\ntwo\n")]
    [InlineData("nothing 2>/dev/null; echo $?", "127\n")]
    [InlineData("nothing 2>&1 | wc -l", "1\n")]
    [InlineData("ls /var/run/secrets/kubernetes.io/serviceaccount", "ca.crt\nnamespace\ntoken\n")]
    [InlineData("ls /", "app\netc\ntmp\nvar\n")]
    [InlineData("head -n 1 /etc/passwd", "root:x:0:0:root:/root:/bin/sh\n")]
    [InlineData("tail -1 /etc/passwd", "nobody:x:65534:65534:nobody:/:/bin/false\n")]
    [InlineData("sh -c 'exit 3'; echo $?", "3\n")]
    [InlineData("sh -c \"echo a; sh -c 'echo b'\"", "a\nb\n")]
    [InlineData("export A=1; echo ${A}2", "12\n")]
    [InlineData("echo a\necho b\n", "a\nb\n")]
    [InlineData("", "")]
    public void Line_Printed(string line, string output)
    {
        var result = _shell.RunLine(line, "");

        result.Error.ShouldBeEmpty();
        result.Output.ShouldBe(output);
    }

    [Theory]
    [InlineData("kubectl get pods", 127, "sh: kubectl: not found\n")]
    [InlineData("cat /nowhere", 1, "cat: can't open '/nowhere': No such file or directory\n")]
    [InlineData("ls /nowhere", 1, "ls: /nowhere: No such file or directory\n")]
    [InlineData("cd /nowhere", 2, "sh: cd: can't cd to /nowhere: No such file or directory\n")]
    [InlineData("echo 'a", 2, "sh: syntax error: unterminated quoted string\n")]
    [InlineData("echo >", 2, "sh: syntax error: unexpected newline\n")]
    [InlineData("exit x", 2, "sh: exit: Illegal number: x\n")]
    public void Line_Wrong_SaysSoAndFails(string line, int code, string error)
    {
        var result = _shell.RunLine(line, "");

        (result.Code, result.Error).ShouldBe((code, error));
    }

    [Fact]
    public void Exit_EndsTheShellWithItsCode()
    {
        _shell.RunLine("echo a; exit 7; echo b", "").ShouldBe(new ShellResult("a\n", "", 7));
        _shell.HasExited.ShouldBeTrue();
    }

    [Fact]
    public void Token_HasTheShapeOfOneAndSaysThatItIsFake()
    {
        var parts = _shell.RunLine("cat /var/run/secrets/kubernetes.io/serviceaccount/token", "").Output.Split('.');

        parts.Length.ShouldBe(3);
        parts[0].ShouldStartWith("eyJ");
        System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1])).ShouldContain("not a credential");
    }

    [Fact]
    public void SecretInTheEnvironment_IsNotShown() => _shell.RunLine("printenv DB_PASSWORD", "").Output.ShouldBe("demo-db_password\n");

    [Fact]
    public void Shells_InShells_ComeToAnEnd()
    {
        var line = "echo";
        for (var i = 0; i < 12; i++)
        {
            line = $"sh -c \"{line.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
        }

        _shell.RunLine(line, "").Error.ShouldBe("sh: too deep\n");
        _shell.RunLine("sh -c 'sh -c \"sh -c true\"'", "").ShouldBe(new ShellResult(""));
    }

    [Fact]
    public void Files_TooMuchWritten_IsRefused()
    {
        var result = _shell.RunLine(string.Concat(Enumerable.Repeat($"echo {new string('x', 100_000)} > /tmp/x;", 20)), "");

        result.Error.ShouldContain("No space left on device");
    }
}

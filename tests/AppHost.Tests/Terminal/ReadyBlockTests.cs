using KubeLens.AppHost.State;
using KubeLens.AppHost.Terminal;

namespace KubeLens.AppHost.Tests.Terminal;

public sealed class ReadyBlockTests
{
    [Fact]
    public void Text_Ready_SaysWhatToDoNext()
    {
        var text = ReadyBlock.Text(new StateFolder("/var/lib/kubelens"), "http://127.0.0.1:6446/login?code=abc", TimeSpan.FromSeconds(3.21), false, []);

        text.ShouldContain("ready (3.2 s)");
        text.ShouldContain("http://127.0.0.1:6446/login?code=abc");
        text.ShouldContain("kubectl --kubeconfig /var/lib/kubelens/kubeconfig get namespaces");
        text.ShouldContain("Ctrl-C");
        text.ShouldNotContain("demo");
    }

    [Fact]
    public void Text_Demo_SaysThatItIsMadeUpAndHowToUseOnesOwn()
    {
        var text = ReadyBlock.Text(new StateFolder("/var/lib/kubelens-demo"), "link", TimeSpan.Zero, true, []);

        text.ShouldContain("This is a demo");
        text.ShouldContain("--kubeconfig FILE");
    }

    [Fact]
    public void Text_MoreLines_StandInTheColumns() =>
        ReadyBlock.Text(new StateFolder("/home/a"), "link", TimeSpan.Zero, true, [new ReadyLine("Telemetry", "goes to http://a")])
            .ShouldContain("\n  State       /home/a\n  Telemetry   goes to http://a\n              This is a demo");

    [Fact]
    public void Text_HomeWithSpace_QuotesTheCommand() =>
        ReadyBlock.Text(new StateFolder("/home/a b"), "link", TimeSpan.Zero, false, []).ShouldContain("kubectl --kubeconfig '/home/a b/kubeconfig' get namespaces");
}

namespace KubeLens.Contracts.Otlp;

/// <summary>What the attributes of an exec, attach or port-forward are called.</summary>
public static class CallSessionAttributes
{
    public const string Kind = "kubelens.session.kind";
    public const string Command = "kubelens.session.command";
    public const string Container = "k8s.container.name";
    public const string Tty = "kubelens.session.tty";
    public const string Streams = "kubelens.session.streams";
    public const string Ports = "kubelens.session.ports";
    public const string Protocol = "kubelens.session.protocol";
    public const string Result = "kubelens.session.result";
    public const string ExitCode = "kubelens.session.exit_code";
    public const string Failure = "kubelens.session.failure";
    public const string InputBytes = "kubelens.session.input.size";
    public const string OutputBytes = "kubelens.session.output.size";
    public const string ErrorBytes = "kubelens.session.error.size";
    public const string Resizes = "kubelens.session.resizes";
    public const string Columns = "kubelens.session.columns";
    public const string Rows = "kubelens.session.rows";
    public const string Connections = "kubelens.session.connections";
    public const string Undecoded = "kubelens.session.undecoded";
    public const string Recorded = "kubelens.session.recorded";
}

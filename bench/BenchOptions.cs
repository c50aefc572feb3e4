using System.Globalization;

namespace KubeLens.Bench;

/// <summary>What is measured and for how long.</summary>
internal sealed record BenchOptions
{
    public const string Usage = """
        usage: bench.sh watches [--counts N,N…] [--workers N] [--smoke] [--write]
          what an idle watch costs the gateway in memory, and an event to all in time
          --counts   watches over HTTP/2 (100,1000,10000); a tenth of the largest over HTTP/1.1

        usage: bench.sh capture [--rounds N] [--seconds N] [--warm-up N] [--smoke] [--write]
          what reading, redacting and encoding a call costs, beside one read of the same bytes

        usage: bench.sh storage [--calls N] [--seed N] [--smoke] [--write]
          what generated calls take in the Store, and as audit lines
          --calls    how many (200000)
          --seed     of the generator (1)

        usage: bench.sh ingest [--calls N] [--seed N] [--rounds N] [--smoke] [--write]
          how fast deliveries are stored, beside COPY of the same rows
          --calls    of a round (40000)
          --seed     of the generator (1)

        usage: bench.sh search [--calls N] [--seed N] [--rounds N] [--smoke] [--write]
          how long questions take over generated calls, rows and sealed ones, also while others are stored; zgrep beside them
          --calls    how many (200000)
          --seed     of the generator (1)

        usage: bench.sh [gateway] [--rounds N] [--seconds N] [--warm-up N] [--workers N] [--peers gateway,nginx,direct] [--smoke] [--write]
          --rounds   measured rounds, in each of which every peer takes every load once (5)
          --seconds  length of one measurement (4)
          --warm-up  seconds of unmeasured load before, for every peer and load (10)
          --workers  processors that each peer may use (all of the machine, at most 2)
          --peers    who takes part; direct is the upstream itself and shows what the loader can do
          --smoke    one very short round: does it work at all?
          --write    also writes the section of docs/benchmarks.md
        """;

    public const string Gateway = "gateway";
    public const string Watches = "watches";
    public const string Capture = "capture";
    public const string Storage = "storage";
    public const string Search = "search";
    public const string Ingest = "ingest";

    private const int CallsOfARound = 40_000;

    public string Benchmark { get; init; } = Gateway;

    /// <summary>How many watches are held over HTTP/2, one number after the other.</summary>
    public IReadOnlyList<int> Counts { get; init; } = [100, 1000, 10_000];

    /// <summary>Generated calls.</summary>
    public int Calls { get; init; } = 200_000;

    /// <summary>Of the generator.</summary>
    public int Seed { get; init; } = 1;

    public int Rounds { get; init; } = 5;

    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Per peer and load, unmeasured: .NET compiles hot code again in the background, and that is a matter of starts, not of load.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(10);

    public int Workers { get; init; } = Math.Min(2, Environment.ProcessorCount);

    public IReadOnlyList<string> Peers { get; init; } = ["gateway", "nginx", "direct"];

    public bool Write { get; init; }

    public static BenchOptions? Parse(IReadOnlyList<string> arguments, out string error)
    {
        var options = new BenchOptions();
        error = "";
        for (var i = 0; i < arguments.Count && error.Length == 0; i++)
        {
            var name = arguments[i];
            string Value() => ++i < arguments.Count ? arguments[i] : "";
            options = name switch
            {
                Gateway or Watches or Capture or Storage or Search or Ingest when i == 0 => options with { Benchmark = name, Calls = name == Ingest ? CallsOfARound : options.Calls },
                "--counts" => options with { Counts = Numbers(name, Value(), ref error) },
                "--calls" => options with { Calls = Number(name, Value(), ref error) },
                "--seed" => options with { Seed = Number(name, Value(), ref error) },
                "--rounds" => options with { Rounds = Number(name, Value(), ref error) },
                "--seconds" => options with { Duration = TimeSpan.FromSeconds(Number(name, Value(), ref error)) },
                "--warm-up" => options with { WarmUp = TimeSpan.FromSeconds(Number(name, Value(), ref error)) },
                "--workers" => options with { Workers = Number(name, Value(), ref error) },
                "--peers" => options with { Peers = Value().Split(',', StringSplitOptions.RemoveEmptyEntries) },
                "--smoke" => options with { Rounds = 1, Duration = TimeSpan.FromSeconds(0.5), WarmUp = TimeSpan.FromSeconds(0.2), Counts = [20], Calls = 2_000 },
                "--write" => options with { Write = true },
                _ => Fail(options, $"{name}: there is no such benchmark or option.", ref error),
            };
        }

        var unknown = options.Peers.Except(["gateway", "nginx", "direct"]).ToList();
        if (error.Length == 0 && (unknown.Count > 0 || options.Peers.Count == 0))
        {
            error = $"--peers: '{string.Join(',', unknown)}' is none of gateway, nginx, direct.";
        }

        return error.Length == 0 ? options : null;
    }

    private static List<int> Numbers(string name, string value, ref string error)
    {
        var numbers = new List<int>();
        foreach (var part in value.Split(','))
        {
            numbers.Add(Number(name, part, ref error));
        }

        return numbers;
    }

    private static int Number(string name, string value, ref string error)
    {
        if (!int.TryParse(value, CultureInfo.InvariantCulture, out var number) || number < 1)
        {
            error = $"{name}: '{value}' is not a number of at least 1.";
        }

        return number;
    }

    private static BenchOptions Fail(BenchOptions options, string message, ref string error)
    {
        error = message;
        return options;
    }
}

using System.Buffers;
using System.Text;
using Google.Protobuf;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Otlp;
using KubeLens.Contracts.Otlp.Protos;
using KubeLens.Contracts.Query;
using KubeLens.Gateway.ForwardProxy;
using KubeLens.Gateway.Kubeconfig;
using KubeLens.Gateway.Normalize;
using KubeLens.Gateway.Redact;
using KubeLens.Testing;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Gateway.Tests.Fuzz;

/// <summary>Every parser of what others send, except bodies (<see cref="BodyTargets"/>) and the spool's files (<see cref="SpoolTargets"/>).</summary>
internal static class FuzzTargets
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "get", "X"];
    private static readonly string[] SecretParameters = ["token", "password", "access_token", "client_secret", "api-key"];

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        .. BodyTargets.All(),
        new("requestinfo", random => FuzzMutator.Mutate(FuzzCorpus.Targets, random), RequestInfo),
        new("target", random => FuzzMutator.Mutate(FuzzCorpus.Targets, random), input => TargetRedactor.Redact(Text(input))),
        new("target-canary", SecretTarget, input => TargetRedactor.Redact(Text(input)).ToString().Contains("CANARY", StringComparison.Ordinal).ShouldBeFalse(Text(input))),
        new("headers", random => FuzzMutator.Mutate(FuzzCorpus.Headers, random), input => Redact(Text(input))),
        new("headers-canary", SecretHeaders, input => Redact(Text(input)).Contains("CANARY", StringComparison.Ordinal).ShouldBeFalse(Text(input))),
        new("options", random => FuzzMutator.Mutate(FuzzCorpus.Targets, random), Options),
        new("warnings", random => FuzzMutator.Mutate(FuzzCorpus.Warnings, random), Warnings),
        new("useragent", random => FuzzMutator.Mutate(FuzzCorpus.UserAgents, random), UserAgent),
        new("objecthead", random => [(byte)random.Next(256), (byte)random.Next(256), .. FuzzMutator.Mutate(FuzzCorpus.Golden("*.wire.json"), random)], Head),
        new("connect", random => FuzzMutator.Mutate(FuzzCorpus.Heads, random), Connect),
        new("kubeconfig", random => FuzzMutator.Mutate(FuzzCorpus.Kubeconfigs, random), Kubeconfig),
        new("query", random => FuzzMutator.Mutate(FuzzCorpus.Queries, random), Query),
        new("otlp", random => FuzzMutator.Mutate(Records(), random), Otlp),
        .. SpoolTargets.All(),
        .. SessionTargets.All(),
        .. WatchTargets.All(),
        .. RuleTargets.All(),
    ];

    private static void RequestInfo(byte[] input)
    {
        var target = Text(input);
        var info = RequestInfoParser.Parse(Methods[input.Length % Methods.Length], target);
        info.Verb.ShouldNotBeNull();
        KubeletPaths.Resolve(Methods[input.Length % Methods.Length], target);
        ListOptions.Read(target);
        FieldSelectorName.Of(target);
    }

    private static void Options(byte[] input)
    {
        var target = Text(input);
        var method = Methods[input.Length % Methods.Length];
        var options = RequestOptionsReader.Read(RequestInfoParser.Parse(method, target), method, target, target);
        new[] { options.FieldManager, options.ResourceVersion, options.ResourceVersionMatch, options.Propagation }.ShouldAllBe(text => text.Length <= 256);
    }

    private static void Warnings(byte[] input)
    {
        var texts = new List<string>();
        WarningHeader.Read(Text(input), texts);
        texts.Count.ShouldBeLessThanOrEqualTo(WarningHeader.MaxWarnings);
        texts.ShouldAllBe(text => text.Length > 0 && text.Length <= WarningHeader.MaxLength);
    }

    private static void UserAgent(byte[] input)
    {
        var text = Text(input);
        var agent = ClientAgent.Read(text);
        new[] { agent.Name, agent.Version, agent.Platform, agent.Component }.ShouldAllBe(part => text.Contains(part, StringComparison.Ordinal) && part.Length <= ClientAgent.MaxLength);
    }

    // Items at any place, true or not, must not make it throw or go round in circles.
    private static void Head(byte[] input)
    {
        if (input.Length < 3)
        {
            return;
        }

        var json = input.AsSpan(2);
        var end = 1 + input[1] * (json.Length - 1) / 255;
        ObjectHead.Read(json, new ListItems(input[0] * end / 255, end, 3)).Items.ShouldBe(3);
        ObjectHead.Read(json).Items.ShouldBeNull();
    }

    private static byte[] SecretTarget(Random random)
    {
        var pairs = Enumerable.Range(0, random.Next(1, 5)).Select(i => random.Next(4) switch
        {
            0 => $"{SecretParameters[random.Next(SecretParameters.Length)]}=CANARY{i}",
            1 => $"command=--{SecretParameters[random.Next(2)]}&command=CANARY{i}",
            2 => $"x=Bearer%20CANARY{i}",
            _ => $"labelSelector=a%3D{i}",
        });
        return Encoding.UTF8.GetBytes($"/api/v1/namespaces/a/pods/p/exec?{string.Join('&', pairs)}");
    }

    private static byte[] SecretHeaders(Random random)
    {
        string[] lines = ["Authorization: Bearer CANARY", "authorization: Basic CANARY", "Authorization: CANARY", "COOKIE: a=CANARY", "Set-Cookie: a=CANARY; Path=/", "Proxy-Authorization: CANARY", "Sec-WebSocket-Protocol: v4.channel.k8s.io, base64url.bearer.authorization.k8s.io.CANARY", "X: eyJhbGci.eyJCANARY.x", "User-Agent: curl", "Y: a Bearer CANARY"];
        return Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, random.Next(1, 6)).Select(_ => lines[random.Next(lines.Length)])));
    }

    private static string Redact(string lines)
    {
        var headers = new HeaderDictionary();
        foreach (var line in lines.Split('\n'))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon == 0 || line.Length == 0)
            {
                // The server answers 400 to it.
                continue;
            }

            headers.Append(colon < 0 ? line : line[..colon], colon < 0 ? "" : line[(colon + 1)..].Trim());
        }

        return string.Join('\n', HeaderRedactor.Redact(headers).Select(header => $"{header.Name}: {string.Join(", ", header.Values)}"));
    }

    // As its reader calls it: with the end of the head.
    private static void Connect(byte[] input)
    {
        ConnectHead.IsHopeless(input);
        var request = ConnectHead.Parse([.. input, .. "\r\n\r\n"u8]);
        (request.IsMalformed || request.Port is >= 0 and <= 65_535).ShouldBeTrue();
    }

    private static void Kubeconfig(byte[] input)
    {
        using var folder = new TempFolder("fuzz");
        var path = folder["config"];
        File.WriteAllBytes(path, input);
        foreach (var context in new[] { "", "b" })
        {
            try
            {
                KubeconfigLoader.Load([path], context).Cluster.ShouldNotBeNull();
            }
            catch (KubeconfigException e)
            {
                e.Message.ShouldNotBeEmpty();
            }
        }
    }

    private static void Query(byte[] input)
    {
        var parse = QueryParser.Parse(Encoding.UTF8.GetString(input));
        if (parse.HasErrors)
        {
            parse.Messages.ShouldNotBeEmpty();
            return;
        }

        // What is printed means the same.
        var printed = QueryPrinter.Print(parse.Root);
        if (printed.Length <= QueryParser.MaxLength)
        {
            QueryPrinter.Print(QueryParser.Parse(printed).Root.ShouldNotBeNull(printed)).ShouldBe(printed);
        }
    }

    private static void Otlp(byte[] input)
    {
        try
        {
            CallLogReader.TryRead(OtlpLog.One(input), out var call, out var error).ShouldBe(call is not null);
            (call is null).ShouldBe(error.Length > 0);
        }
        catch (InvalidDataException e)
        {
            // What is not protobuf; the Store answers 400 to it.
            e.Message.ShouldNotBeEmpty();
        }
    }

    private static byte[][] Records()
    {
        var call = new CallRecord { Time = DateTimeOffset.UnixEpoch.AddDays(20_000), User = "alice", Verb = "get", Path = "/api/v1/pods", Boot = "7", Sequence = 3, Method = "GET" };
        var (first, second) = (new ArrayBufferWriter<byte>(), new ArrayBufferWriter<byte>());
        CallLogWriter.WriteCall(call, first);
        CallLogWriter.WriteCall(call, second);
        CallLogWriter.WriteClient(CallSide.None, second);
        CallLogWriter.WriteUpstream(CallSide.None, second);
        CallLogWriter.WriteBodies(new CallBody("{}"u8.ToArray(), CallBodyNote.Whole, 1), CallBody.None, second);
        CallLogWriter.WritePosition(new CallPosition(7L << 32 | 1, 0, 1, new DateOnly(2026, 11, 1)), second);
        return [first.WrittenSpan.ToArray(), second.WrittenSpan.ToArray()];
    }

    private static string Text(byte[] input) => Encoding.Latin1.GetString(input);
}

using System.Buffers;
using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Normalize;
using KubeLens.Gateway.Redact;
using KubeLens.Gateway.Redact.Rules;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Connect.Commands;

/// <summary>
/// <c>gateway redact</c>: what would be kept of a body and of headers. It reads the settings and asks nobody. Its key is made for
/// the moment: fingerprints are not those of the gateway.
/// </summary>
internal static class RedactCommand
{
    private static readonly Argument<FileInfo?> File = new("FILE") { Description = "a body, as it is on the wire", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string> Resource = new("--resource") { Description = "whose body it is: pods, or widgets.example.com", Required = true };
    private static readonly Option<string?> Cluster = new("--cluster") { Description = "a name of Clusters; left out, the cluster of section Cluster" };
    private static readonly Option<string> ContentType = new("--content-type") { Description = "application/json, application/yaml …", DefaultValueFactory = _ => "application/json" };
    private static readonly Option<bool> Request = new("--request") { Description = "the body is sent, as with create" };
    private static readonly Option<bool> Patch = new("--patch") { Description = "the body is sent as a patch; a JSON Patch is one, too" };
    private static readonly Option<string[]> Header = new("--header") { Description = "\"X-Api-Key: abc\"; may be given several times", DefaultValueFactory = _ => [] };

    public static Command Create()
    {
        var command = new Command("redact", "Prints what would be kept of a body and of headers.") { File, Resource, Cluster, ContentType, Request, Patch, Header };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        var (output, error) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
        var configuration = AdminHome.Configuration(arguments);
        var resource = GroupResource.Of(arguments.GetValue(Resource)!);
        var isRequest = arguments.GetValue(Request) || arguments.GetValue(Patch);
        var info = new RequestInfo { IsResourceRequest = true, Verb = arguments.GetValue(Patch) ? "patch" : isRequest ? "create" : "get", Resource = resource.Resource, ApiGroup = resource.Group ?? "" };
        var rules = RedactRuleReader.Read(configuration).For(NamedCluster.Of(configuration, arguments.GetValue(Cluster)).Name, info);
        error.WriteLine($"rules: {(rules is null ? "none matches" : string.Join(", ", rules.Keys))}");
        var options = configuration.GetSection(RedactOptions.Section).Get<RedactOptions>() ?? new RedactOptions();
        var names = new SecretNames(options.SecretWords);
        foreach (var header in HeaderRedactor.Redact(Headers(arguments.GetValue(Header)!), rules, names))
        {
            output.WriteLine($"{header.Name}: {string.Join(", ", header.Values)}");
        }

        if (arguments.GetValue(File) is not { } file)
        {
            return 0;
        }

        var method = arguments.GetValue(Patch) ? "PATCH" : isRequest ? "POST" : "GET";
        var context = new BodyContext(info, method, isRequest, StatusCodes.Status200OK, arguments.GetValue(ContentType)!, "", Rules: rules);
        var body = new BodyRedactor(Options.Create(options), names, new FingerprintKey(RandomNumberGenerator.GetBytes(FingerprintKey.Length)))
            .Redact(context, new ReadOnlySequence<byte>(System.IO.File.ReadAllBytes(file.FullName)), truncated: false).Body;
        output.WriteLine(Encoding.UTF8.GetString(body.Content.Span));
        error.WriteLine($"{body.RedactedValues} values redacted{(body.Note == CallBodyNote.Whole ? "" : $"; the body is kept as {body.Note}")}");
        return 0;
    }

    /// <exception cref="ArgumentException">A line without a name.</exception>
    private static HeaderDictionary Headers(string[] lines)
    {
        var headers = new HeaderDictionary();
        foreach (var line in lines)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                throw new ArgumentException($"--header is \"{line}\": give a name and a value, as \"X-Api-Key: abc\"");
            }

            headers.Append(line[..colon], line[(colon + 1)..].Trim());
        }

        return headers;
    }
}

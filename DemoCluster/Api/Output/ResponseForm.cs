using KubeLens.DemoCluster.Api.Errors;

namespace KubeLens.DemoCluster.Api.Output;

/// <summary>
/// What of an <c>Accept</c> header can be served, the first that can:
/// <c>application/json;as=Table;v=v1;g=meta.k8s.io,application/json</c>.
/// </summary>
/// <param name="MetaVersion">Of Table and PartialObjectMetadata: <c>v1</c> or <c>v1beta1</c>.</param>
internal sealed record ResponseForm(ResponseShape Shape, string MetaVersion, string ContentType)
{
    private const string Json = "application/json";
    private const string Yaml = "application/yaml";

    public static readonly ResponseForm Default = new(ResponseShape.Object, "v1", Json);

    /// <exception cref="ApiException">406.</exception>
    public static ResponseForm Of(HttpRequest request)
    {
        var accept = request.Headers.Accept.ToString();
        return accept.Length == 0
            ? Default
            : accept.Split(',').Select(Read).FirstOrDefault(form => form is not null) ?? throw ApiErrors.NotAcceptable(Json, Yaml);
    }

    private static ResponseForm? Read(string entry)
    {
        var parts = entry.Split(';', StringSplitOptions.TrimEntries);
        var type = parts[0].ToLowerInvariant() switch
        {
            "*/*" or "application/*" or Json => Json,
            Yaml => Yaml,
            _ => "",
        };
        if (type.Length == 0)
        {
            return null;
        }

        var options = parts.Skip(1).Select(part => part.Split('=', 2)).Where(pair => pair.Length == 2).ToLookup(pair => pair[0], pair => pair[1]);
        var target = options["as"].FirstOrDefault() ?? "";
        var version = options["v"].FirstOrDefault() ?? "v1";
        ResponseShape? shape = target switch
        {
            "" => ResponseShape.Object,
            "Table" => ResponseShape.Table,
            "PartialObjectMetadata" or "PartialObjectMetadataList" => ResponseShape.PartialMetadata,
            _ => null,
        };
        var known = target.Length == 0 || (version is "v1" or "v1beta1" && (options["g"].FirstOrDefault() ?? "meta.k8s.io") == "meta.k8s.io");
        return shape is { } found && known ? new ResponseForm(found, version, type) : null;
    }
}

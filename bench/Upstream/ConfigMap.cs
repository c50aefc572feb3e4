using System.Text;

namespace KubeLens.Bench.Upstream;

/// <summary>The object that every call reads or writes: about 1.5 KB of JSON, as small objects of a cluster are.</summary>
internal static class ConfigMap
{
    public const string Path = "/api/v1/namespaces/shop/configmaps/settings";

    public static readonly byte[] Json = Encoding.UTF8.GetBytes("""
        {"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"settings","namespace":"shop","uid":"6f1c1f5a-6e0b-4a52-8d0c-7a1de3f2b901","resourceVersion":"184467","creationTimestamp":"2026-01-15T09:30:00Z","labels":{"app.kubernetes.io/name":"shop","app.kubernetes.io/part-of":"storefront","app.kubernetes.io/managed-by":"kustomize"},"managedFields":[{"manager":"kubectl-client-side-apply","operation":"Update","apiVersion":"v1","time":"2026-01-15T09:30:00Z","fieldsType":"FieldsV1","fieldsV1":{"f:data":{".":{},"f:checkout.yaml":{},"f:features.properties":{}},"f:metadata":{"f:labels":{".":{},"f:app.kubernetes.io/name":{}}}}}]},"data":{"features.properties":"FEATURES","checkout.yaml":"CHECKOUT"}}
        """
        .Replace("FEATURES", Lines("""feature.flag{0:00}=enabled\n""", 20), StringComparison.Ordinal)
        .Replace("CHECKOUT", Lines("""step{0:00}: timeout 30s\n""", 14), StringComparison.Ordinal));

    private static string Lines(string format, int count)
        => string.Concat(Enumerable.Range(0, count).Select(number => string.Format(null, format, number)));
}

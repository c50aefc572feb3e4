using System.Globalization;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Kinds.Rules;

/// <summary>Hands out the addresses of 10.96.0.0/16, each once and then again only when the range is used up.</summary>
internal sealed class ServiceAddresses(RevisionStore store)
{
    private const int Size = 65_534;
    private int _last = 9;

    public string Next()
    {
        var used = store.Snapshot(ResourceKinds.Named("Service")).Objects.Values.Select(service => service.Value.Text("spec.clusterIP")).ToHashSet();
        for (var attempt = 0; attempt < Size; attempt++)
        {
            var place = (Interlocked.Increment(ref _last) - 1) % Size + 1;
            var address = string.Create(CultureInfo.InvariantCulture, $"10.96.{place / 256}.{place % 256}");
            if (!used.Contains(address))
            {
                return address;
            }
        }

        throw Api.Errors.ApiErrors.Internal("failed to allocate a serviceIP: range is full");
    }
}

using KubeLens.DemoCluster.Api.Output;
using KubeLens.DemoCluster.Api.Routing;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Api.Reading;

internal sealed class GetHandler(ObjectStore store)
{
    /// <summary>The object, or its status subresource: both show the whole.</summary>
    public Task GetAsync(ApiCall call) => ObjectOutput.ObjectAsync(call, store.Get(call.Kind, call.Namespace, call.Name), 200);
}

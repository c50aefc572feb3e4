using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Api.Output;
using KubeLens.DemoCluster.Api.Reading;
using KubeLens.DemoCluster.Api.Routing;
using KubeLens.DemoCluster.Objects;
using KubeLens.DemoCluster.Objects.Reclaim;

namespace KubeLens.DemoCluster.Api.Writing;

internal sealed class DeleteHandler(ObjectStore store, Reclaimer reclaimer, ListHandler lists)
{
    public async Task DeleteAsync(ApiCall call)
    {
        var options = await DeleteOptionsReader.ReadAsync(call);
        var result = Delete(call, call.Namespace, call.Name, options);
        if (!result.Removed || ShowsWhatItDeleted(call))
        {
            await ObjectOutput.ObjectAsync(call, result.Object, 200);
            return;
        }

        var details = ApiErrors.Details(call.Kind, call.Name);
        details["uid"] = result.Object.Uid;
        await Responses.StatusAsync(call.Http, Status.Success(details), 200);
    }

    /// <summary>Answers with the list of what it deleted.</summary>
    public async Task DeleteCollectionAsync(ApiCall call)
    {
        var query = ListQuery.Of(call);
        var options = await DeleteOptionsReader.ReadAsync(call);
        var page = lists.Page(call, query);
        foreach (var stored in page.Items)
        {
            try
            {
                Delete(call, stored.Namespace, stored.Name, options);
            }
            catch (ApiException gone) when (gone.Code == 404)
            {
                // Its owner went before it in this same collection.
                continue;
            }
        }

        await ObjectOutput.ListAsync(call, page);
    }

    private DeleteResult Delete(ApiCall call, string ns, string name, DeleteOptions options)
    {
        var current = store.Get(call.Kind, ns, name);
        if (options.Propagation == PropagationPolicy.Orphan && !options.DryRun)
        {
            DeletionMark.CheckAllowed(call.Kind, current, options);
            reclaimer.Orphan(current);
        }

        return store.Delete(call.Kind, ns, name, options);
    }

    /// <summary>Most kinds answer with a Status.</summary>
    private static bool ShowsWhatItDeleted(ApiCall call) => call.Kind is { Group: "", Resource: "pods" or "serviceaccounts" };
}

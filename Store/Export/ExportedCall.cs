using KubeLens.Contracts.Search;
using KubeLens.Store.Packing;

namespace KubeLens.Store.Export;

/// <param name="Details">The call as <c>GET /api/v1/calls/{id}</c> tells it.</param>
/// <param name="Stored">Its pack's part, for the bytes of its bodies.</param>
internal sealed record ExportedCall(CallDetails Details, StoredCall Stored);

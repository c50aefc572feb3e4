using KubeLens.Portal.AccessReview;

namespace KubeLens.Portal.Store;

internal static class DownloadsExtensions
{
    /// <summary>Whatever a browser saves as a file.</summary>
    public static void MapDownloads(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapRecordings();
        endpoints.MapExports();
        endpoints.MapAccessDownload();
    }
}

namespace KubeLens.Portal.Store;

/// <summary>What the portal answers of itself where a browser expects a file.</summary>
internal static class DownloadAnswers
{
    /// <summary>No redirect to the sign-in page: the browser would save that as the file.</summary>
    public static IResult SignedOut() => Results.Text("The session is over. Sign in again.", statusCode: StatusCodes.Status401Unauthorized);

    /// <summary>The cookie comes with links of other sites, too, and nobody but its user may have something read and recorded in their name.</summary>
    /// <returns>Null where the portal's own page asks, or the address bar.</returns>
    public static IResult? Refusal(HttpRequest request) => request.Headers["Sec-Fetch-Site"] == "cross-site"
        ? Results.Text("This address answers to its own pages only.", statusCode: StatusCodes.Status403Forbidden)
        : null;
}

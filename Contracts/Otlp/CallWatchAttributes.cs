namespace KubeLens.Contracts.Otlp;

/// <summary>What the attributes of a watch are called.</summary>
public static class CallWatchAttributes
{
    public const string Encoding = "kubelens.watch.encoding";
    public const string Added = "kubelens.watch.added";
    public const string AddedBytes = "kubelens.watch.added.size";
    public const string Modified = "kubelens.watch.modified";
    public const string ModifiedBytes = "kubelens.watch.modified.size";
    public const string Deleted = "kubelens.watch.deleted";
    public const string DeletedBytes = "kubelens.watch.deleted.size";
    public const string Bookmarks = "kubelens.watch.bookmarks";
    public const string BookmarkBytes = "kubelens.watch.bookmarks.size";
    public const string Errors = "kubelens.watch.errors";
    public const string ErrorBytes = "kubelens.watch.errors.size";
    public const string Unknown = "kubelens.watch.unknown";
    public const string UnknownBytes = "kubelens.watch.unknown.size";
    public const string First = "kubelens.watch.first";
    public const string Last = "kubelens.watch.last";
    public const string FirstVersion = "kubelens.watch.first.resource_version";
    public const string LastVersion = "kubelens.watch.last.resource_version";
    public const string BookmarkVersion = "kubelens.watch.bookmark.resource_version";
    public const string ErrorCode = "kubelens.watch.error.code";
    public const string ErrorReason = "kubelens.watch.error.reason";
    public const string Uncounted = "kubelens.watch.uncounted";
    public const string Events = "kubelens.watch.events";
}

namespace KubeLens.Store.Export.Follow;

/// <param name="RotateBytes">From this length on a file is left behind and the next one begun; null for never.</param>
/// <param name="Compress">Those that are left behind are compressed with gzip.</param>
internal sealed record FollowFileOptions(long? RotateBytes, bool Compress);

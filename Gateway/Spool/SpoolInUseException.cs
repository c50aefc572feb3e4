namespace KubeLens.Gateway.Spool;

/// <summary>Another process holds the folder.</summary>
internal sealed class SpoolInUseException(string folder, Exception inner)
    : IOException($"Spool:Folder {folder} is in use by another process. Stop the other gateway, or give this one a folder of its own (Spool:Folder).", inner);

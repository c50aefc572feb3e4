namespace KubeLens.Store.Distribution;

/// <summary>The database cannot be what <c>Database:Distribution</c> says. The message names the option and what to do.</summary>
internal sealed class DistributionException(string message) : Exception(message);

namespace KubeLens.Gateway.Identity.Reviews;

/// <summary>A review could not be had of the cluster; the message is fit for the caller.</summary>
internal sealed class ReviewException(string message, Exception? inner = null) : Exception(message, inner);

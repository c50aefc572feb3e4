namespace KubeLens.Gateway.Upstream;

/// <summary>Whom the apiserver sees.</summary>
/// <param name="User">Certificate CN, token subject or impersonated user; empty when it cannot be known.</param>
/// <param name="Groups">Certificate O, token groups or impersonated groups.</param>
/// <param name="Source">As <c>CallRecord.UserSource</c>: see <see cref="UserSources"/>.</param>
internal sealed record UpstreamIdentity(string User, IReadOnlyList<string> Groups, string Source);

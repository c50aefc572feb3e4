using System.Net;
using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Upstream;

namespace KubeLens.Gateway.Clusters;

/// <summary>What must hold for a cluster's settings, in sentences that name the key and the fix.</summary>
internal static class ClusterRules
{
    private const int LargestBody = 16 * 1024 * 1024;
    private const string FrontProxy = $"{IdentityOptions.Section}:{nameof(IdentityOptions.FrontProxy)}";
    private const string Review = $"{IdentityOptions.Section}:{nameof(IdentityOptions.Review)}";
    private const string Bind = $"{EndpointOptions.Section}:{nameof(EndpointOptions.Bind)}";

    public static IEnumerable<string> Problems(ClusterPlan plan, IdentityOptions identity, EndpointOptions endpoint)
    {
        var (key, options) = (plan.Key, plan.Options);
        if (options.ExecTimeout <= TimeSpan.Zero || options.ExecTimeout > TimeSpan.FromHours(1))
        {
            yield return $"{key}:{nameof(options.ExecTimeout)} is {options.ExecTimeout}: give a time above zero and up to an hour, as 00:01:00.";
        }

        if (IdentityModes.Parse(options.Identity) is not { } mode)
        {
            yield return $"{key}:{nameof(options.Identity)} is \"{options.Identity}\": give {IdentityModes.Words}.";
        }
        else
        {
            foreach (var problem in ModeProblems($"{key}:{nameof(options.Identity)}", mode, identity).Concat(Exposure($"{key}:{nameof(options.Identity)}", mode, identity, endpoint)))
            {
                yield return problem;
            }
        }

        foreach (var (name, bytes) in new[] { (nameof(options.RequestBodyBytes), options.RequestBodyBytes), (nameof(options.ResponseBodyBytes), options.ResponseBodyBytes), (nameof(options.RecordingBytes), options.RecordingBytes) })
        {
            if (bytes is < 0 or > LargestBody)
            {
                yield return $"{key}:{name} is {bytes}: give 0 to {LargestBody} (bytes).";
            }
        }

        if (options.InCluster && options.Kubeconfig.Length > 0)
        {
            yield return $"{key}:{nameof(options.InCluster)} is true and {key}:{nameof(options.Kubeconfig)} is {options.Kubeconfig}: give one of them.";
        }

        if (options.ServiceAccountFolder.Length == 0)
        {
            yield return $"{key}:{nameof(options.ServiceAccountFolder)} is empty: name the folder with the pod's token, or leave it out.";
        }

        for (var i = 0; i < options.Hosts.Count; i++)
        {
            if (!IsHost(options.Hosts[i]))
            {
                yield return $"{key}:{nameof(options.Hosts)}:{i} is \"{options.Hosts[i]}\": give a host name, without scheme and port.";
            }
        }

        if (!plan.IsDefault && (!plan.PathName.All(IsNameCharacter) || plan.PathName[0] is '.' or '-'))
        {
            yield return $"{key}: \"{plan.PathName}\" cannot be part of an address: name the cluster with letters, digits, dots, dashes and underscores, and a letter or digit first.";
        }
    }

    /// <summary>What two of them may not both have.</summary>
    public static IEnumerable<string> Conflicts(IReadOnlyList<ClusterPlan> plans)
    {
        foreach (var same in plans.Where(plan => !plan.IsDefault).GroupBy(plan => plan.PathName, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
        {
            yield return $"{string.Join(" and ", same.Select(plan => plan.Key))} would both be /clusters/{same.Key}: give one of them another name, or leave it out.";
        }

        foreach (var same in plans.SelectMany(plan => plan.Options.Hosts.Select(host => (Host: host, plan.Key))).GroupBy(pair => pair.Host, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
        {
            yield return $"{string.Join(" and ", same.Select(pair => $"{pair.Key}:{nameof(ClusterOptions.Hosts)}"))} both have \"{same.Key}\": a host name means one cluster.";
        }
    }

    public static bool IsNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_';

    // An address is the gateway's own, whoever calls it.
    public static bool IsHost(string name) => Uri.CheckHostName(name) == UriHostNameType.Dns && System.Text.Ascii.IsValid(name);

    private static IEnumerable<string> ModeProblems(string key, IdentityMode mode, IdentityOptions identity)
    {
        if (mode == IdentityMode.FrontProxy && (identity.FrontProxy.CertificateFile.Length == 0 || identity.FrontProxy.KeyFile.Length == 0))
        {
            yield return $"{FrontProxy}:CertificateFile and {FrontProxy}:KeyFile must be set with {key}=front-proxy: give the client certificate that the apiserver's --requestheader-client-ca-file vouches for, and its key.";
        }

        if (identity.BelievesClaims && mode is IdentityMode.Impersonate or IdentityMode.FrontProxy)
        {
            yield return $"{Review} is claims, but with {key}={mode.Word()} the gateway vouches for its callers and cannot do so for what a token merely claims: give token-review.";
        }
    }

    /// <summary>Beyond loopback every caller must be somebody of its own.</summary>
    private static IEnumerable<string> Exposure(string key, IdentityMode mode, IdentityOptions identity, EndpointOptions endpoint)
    {
        if (endpoint.BindAddress is not { } address || IPAddress.IsLoopback(address))
        {
            yield break;
        }

        if (mode == IdentityMode.Credential)
        {
            yield return $"{Bind} is {endpoint.Bind}, beyond loopback, but with {key}=credential every caller has the kubeconfig's power. Set {key} to passthrough, impersonate or front-proxy, or {Bind} to 127.0.0.1.";
        }
        else if (mode == IdentityMode.Passthrough && identity.BelievesClaims)
        {
            yield return $"{Bind} is {endpoint.Bind}, beyond loopback, but with {Review}=claims callers are not authenticated. Set it to token-review, or {Bind} to 127.0.0.1.";
        }
    }
}

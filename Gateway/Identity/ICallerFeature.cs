using KubeLens.Gateway.Identity.Workloads;

namespace KubeLens.Gateway.Identity;

/// <summary>Set on a request whose caller has proved itself to the gateway.</summary>
internal interface ICallerFeature
{
    /// <summary>Name in the credential that the caller showed; empty when that is only claimed.</summary>
    string Name { get; }

    /// <summary>What the caller runs as, as far as its credential tells.</summary>
    Workload Workload { get; }
}

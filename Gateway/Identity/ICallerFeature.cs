namespace KubeLens.Gateway.Identity;

/// <summary>Set on a request whose caller has proved itself to the gateway.</summary>
internal interface ICallerFeature
{
    /// <summary>Name in the credential that the gateway issued.</summary>
    string Name { get; }
}

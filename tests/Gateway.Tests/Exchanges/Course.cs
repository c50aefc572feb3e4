namespace KubeLens.Gateway.Tests.Exchanges;

/// <summary>How an exchange goes, where its bytes do not tell.</summary>
internal sealed record Course
{
    /// <summary>What there is to see in it.</summary>
    public string About { get; init; } = "";

    /// <summary>What the upstream does after its last byte: keep the connection for the next call, close it, or break it off.</summary>
    public Farewell Upstream { get; init; }

    /// <summary>The client leaves once what the upstream sends is sent.</summary>
    public bool ClientLeaves { get; init; }

    /// <summary>The client leaves with its request half sent, which is all that the file has of it.</summary>
    public bool ClientBreaksOff { get; init; }

    /// <summary>The upstream answers when it has the head.</summary>
    public bool AnswersEarly { get; init; }

    /// <summary>The gateway does not forward it: there is no response of an upstream.</summary>
    public bool StaysHere { get; init; }
}

using System.Text.Json.Serialization;

namespace KubeLens.Gateway.Tests.Exchanges;

/// <summary>What a server does with a connection after an answer.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Farewell>))]
internal enum Farewell
{
    Keep,
    Close,
    Reset,
}

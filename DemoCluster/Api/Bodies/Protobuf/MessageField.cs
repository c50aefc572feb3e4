namespace KubeLens.DemoCluster.Api.Bodies.Protobuf;

/// <summary>A field of a message.</summary>
/// <param name="Name">In JSON; empty when the members of this message are members of the one around it.</param>
/// <param name="Type">A message's name, or one of <c>string int bool time microtime quantity intstr map mapbytes mapquantity maplist skip</c>.</param>
/// <param name="Repeated">A list.</param>
/// <param name="Chosen">A pointer in Go: it is only sent when it is meant, also when it is 0, false or empty.</param>
internal readonly record struct MessageField(string Name, string Type, bool Repeated, bool Chosen);

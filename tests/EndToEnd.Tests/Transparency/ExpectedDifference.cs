using System.Text.RegularExpressions;

namespace KubeLens.EndToEnd.Tests.Transparency;

/// <summary>A difference that is meant to be. One that no run shows is a mistake too.</summary>
/// <param name="Difference">Of "mode: operation: aspect".</param>
/// <param name="Reason">Why it has to be so.</param>
internal sealed record ExpectedDifference(Regex Difference, string Reason);

using System.Net;

namespace KubeLens.Gateway.Delivery;

/// <summary>What one send came to.</summary>
/// <param name="Status">Null when there was no answer: no connection, a broken one, or none in time.</param>
/// <param name="Message">The Store's own words, or the reason why there was no answer.</param>
/// <param name="RetryAfter">What the answer asked for.</param>
/// <param name="Rejected">Records that an accepting answer refused (OTLP partial success).</param>
internal sealed record DeliveryAnswer(HttpStatusCode? Status, string Message, TimeSpan? RetryAfter = null, long Rejected = 0);

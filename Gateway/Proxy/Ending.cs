using System.Net.Sockets;
using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Capture;
using Yarp.ReverseProxy.Forwarder;

namespace KubeLens.Gateway.Proxy;

/// <summary>What the forwarder's result means for a call.</summary>
internal static class Ending
{
    public static CallOutcome Of(ForwarderError error, bool upgrade) => error switch
    {
        ForwarderError.None => upgrade ? CallOutcome.UpgradeEnded : CallOutcome.Completed,

        // A shell's normal end arrives as one direction cancelled by the other's end.
        ForwarderError.UpgradeRequestCanceled or ForwarderError.UpgradeResponseCanceled or ForwarderError.UpgradeActivityTimeout => CallOutcome.UpgradeEnded,
        ForwarderError.UpgradeRequestClient or ForwarderError.UpgradeResponseClient => CallOutcome.ClientLeft,
        ForwarderError.UpgradeRequestDestination or ForwarderError.UpgradeResponseDestination => CallOutcome.UpstreamFailed,
        ForwarderError.RequestCanceled or ForwarderError.RequestBodyCanceled or ForwarderError.RequestBodyClient => CallOutcome.ClientLeft,
        ForwarderError.ResponseBodyCanceled or ForwarderError.ResponseBodyClient => CallOutcome.ClientLeft,
        ForwarderError.ResponseBodyDestination => CallOutcome.UpstreamFailed,
        _ => CallOutcome.UpstreamUnreachable,
    };

    /// <summary>The client left before there was an answer.</summary>
    public static void WithoutAnswer(CallExchange exchange)
    {
        exchange.StatusOverride = StatusCodes.Status499ClientClosedRequest;
        exchange.Complete(CallOutcome.ClientLeft);
    }

    public static (int Code, string Reason) StatusFor(ForwarderError error) => error switch
    {
        ForwarderError.RequestTimedOut => (StatusCodes.Status504GatewayTimeout, "Timeout"),
        ForwarderError.RequestCreation => (StatusCodes.Status400BadRequest, "BadRequest"),
        _ => (StatusCodes.Status502BadGateway, "ServiceUnavailable"),
    };

    /// <summary>The word that a <c>Status</c> has for an HTTP status.</summary>
    public static string ReasonOf(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "BadRequest",
        StatusCodes.Status401Unauthorized => "Unauthorized",
        StatusCodes.Status403Forbidden => "Forbidden",
        StatusCodes.Status404NotFound => "NotFound",
        StatusCodes.Status405MethodNotAllowed => "MethodNotAllowed",
        StatusCodes.Status409Conflict => "Conflict",
        StatusCodes.Status413PayloadTooLarge => "RequestEntityTooLarge",
        StatusCodes.Status415UnsupportedMediaType => "UnsupportedMediaType",
        StatusCodes.Status422UnprocessableEntity => "Invalid",
        StatusCodes.Status429TooManyRequests => "TooManyRequests",
        _ => "InternalError",
    };

    /// <summary>The innermost sentence that a user can act on.</summary>
    public static string Explain(Exception? failure)
    {
        if (failure is null)
        {
            return "the connection failed";
        }

        for (var e = failure; e is not null; e = e.InnerException)
        {
            if (e is SocketException socket)
            {
                return socket.Message;
            }
        }

        return failure.InnerException is { } inner ? $"{failure.Message} ({inner.Message})" : failure.Message;
    }

    public static T? Find<T>(Exception? failure)
        where T : Exception
    {
        while (failure is not null and not T)
        {
            failure = failure.InnerException;
        }

        return (T?)failure;
    }
}

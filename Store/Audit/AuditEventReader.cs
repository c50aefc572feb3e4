using System.Globalization;
using System.Text.Json;

namespace KubeLens.Store.Audit;

/// <summary>One Event of JSON, as an apiserver posts and logs it. Its request and response objects are not even looked at.</summary>
internal static class AuditEventReader
{
    public const string ApiVersion = "audit.k8s.io/v1";

    // What a client sends may be of any length; the database's own limits come after this.
    private const int LongestText = 16 * 1024;

    /// <summary>False, with an error that begins with the field, when it is no event.</summary>
    /// <param name="json">The event.</param>
    /// <param name="cluster">Whose apiserver tells it.</param>
    /// <param name="at">Where it stands, with a dot behind it, or empty.</param>
    /// <param name="read">The event.</param>
    /// <param name="error">The field, and what it has to be.</param>
    public static bool TryRead(JsonElement json, string cluster, string at, out AuditEvent? read, out string error)
    {
        read = null;
        if (json.ValueKind != JsonValueKind.Object)
        {
            error = $"{at.TrimEnd('.')}: expected an object of kind Event";
            return false;
        }

        var source = new Fields(json, at);
        var stage = source.Text("stage") is var word && Enum.TryParse<AuditStage>(word, out var known) && Enum.IsDefined(known) && !char.IsAsciiDigit(word.FirstOrDefault()) ? known : source.Fail<AuditStage>("stage", "RequestReceived, ResponseStarted, ResponseComplete or Panic");
        var (user, impersonated, reference, status, annotations) = (source.Object("user"), source.Object("impersonatedUser"), source.Object("objectRef"), source.Object("responseStatus"), source.Object("annotations"));
        read = new AuditEvent
        {
            Cluster = cluster,
            AuditId = source.Required("auditID"),
            Stage = stage,
            Verb = source.Text("verb"), // none of an OPTIONS request
            Target = AuditTarget.Of(source.Required("requestURI")),
            User = user.Text("username"),
            Groups = user.List("groups"),
            ImpersonatedUser = impersonated.Text("username"),
            ImpersonatedGroups = impersonated.List("groups"),
            Peer = source.List("sourceIPs") is [.., var peer] ? peer : "",
            UserAgent = source.Text("userAgent"),
            ApiGroup = reference.Text("apiGroup"),
            ApiVersion = reference.Text("apiVersion"),
            Resource = reference.Text("resource"),
            Subresource = reference.Text("subresource"),
            Namespace = reference.Text("namespace"),
            Name = reference.Text("name"),
            Code = status.Number("code", 0, 999),
            Reason = status.Text("reason"),
            ReceivedAt = source.Time("requestReceivedTimestamp"),
            StageAt = source.Time("stageTimestamp"),
            Decision = new AuditDecision(
                annotations.Text("authorization.k8s.io/decision") is var decision && decision == "forbid" ? AuditDecision.Deny : decision,
                annotations.Text("authorization.k8s.io/reason"),
                annotations.Text("k8s.io/deprecated") == "true",
                annotations.Text("k8s.io/removed-release"),
                stage == AuditStage.Panic),
        };
        error = source.Error;
        read = error.Length == 0 ? read : null;
        return read is not null;
    }

    /// <summary>The fields of an object; remembers the first that is wrong.</summary>
    private sealed class Fields(JsonElement json, string at, Fields? root = null)
    {
        private string _error = "";

        public string Error => _error;

        public Fields Object(string name) => Find(name, JsonValueKind.Object, "an object") is { } found ? new Fields(found, $"{at}{name}.", root ?? this) : new Fields(default, at, root ?? this);

        public string Text(string name) => Find(name, JsonValueKind.String, "a string") is { } found ? Fit(found) : "";

        public string Required(string name) => Text(name) is { Length: > 0 } text ? text : Fail<string>(name, "a string that is not empty") ?? "";

        public IReadOnlyList<string> List(string name) => Find(name, JsonValueKind.Array, "a list of strings") is { } found
            ? [.. found.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? Fit(item) : Fail<string>(name, "a list of strings") ?? "")]
            : [];

        public int Number(string name, int min, int max) => Find(name, JsonValueKind.Number, "a number") is not { } found ? 0
            : found.TryGetInt32(out var number) && number >= min && number <= max ? number
            : Fail<int>(name, string.Create(CultureInfo.InvariantCulture, $"a whole number from {min} to {max}"));

        // To the microsecond, as it is stored and compared.
        public DateTime Time(string name)
        {
            if (!DateTimeOffset.TryParse(Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) || time.Year is < 2000 or > 9000)
            {
                return Fail<DateTime>(name, "a time of RFC 3339, like 2026-11-28T12:00:00.000000Z");
            }

            var ticks = time.UtcTicks;
            return new DateTime(ticks - ticks % TimeSpan.TicksPerMicrosecond, DateTimeKind.Utc);
        }

        public T? Fail<T>(string name, string expected)
        {
            var first = root ?? this;
            first._error = first._error.Length > 0 ? first._error : $"{at}{name}: expected {expected}";
            return default;
        }

        private JsonElement? Find(string name, JsonValueKind kind, string expected)
        {
            if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out var found) || found.ValueKind == JsonValueKind.Null)
            {
                return null;
            }

            if (found.ValueKind == kind)
            {
                return found;
            }

            Fail<JsonElement>(name, expected);
            return null;
        }

        private static string Fit(JsonElement text) => text.GetString() is { } value ? Database.StoredText.Fit(value, LongestText) : "";
    }
}

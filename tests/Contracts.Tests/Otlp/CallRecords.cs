using FsCheck;
using FsCheck.Fluent;
using KubeLens.Contracts.Calls;

namespace KubeLens.Contracts.Tests.Otlp;

/// <summary>Random calls with every property set, or left out.</summary>
internal static class CallRecords
{
    private static readonly DateTimeOffset LastTime = new(2500, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static Gen<CallRecord> All() =>
        from position in Gen.OneOf(Gen.Constant<CallPosition?>(null), Positions().Select(p => (CallPosition?)p))
        from micros in Longs(1, (LastTime - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond)
        from numbers in Gen.ArrayOf(Gen.OneOf(Gen.Constant(0L), Longs(0, long.MaxValue)), 4)
        from small in Gen.ArrayOf(Gen.Choose(0, 999), 2)
        from t in Gen.ArrayOf(Texts(), 25)
        from groups in Gen.ListOf(Texts())
        from audit in Gen.OneOf(Gen.Constant(Guid.Empty), ArbMap.Default.GeneratorFor<Guid>())
        from trace in Id(16)
        from span in Id(8)
        from requestHeaders in Headers()
        from responseHeaders in Headers()
        from client in Sides()
        from upstream in Sides()
        from timings in Gen.ArrayOf(Gen.OneOf(Gen.Constant<long?>(null), Longs(0, long.MaxValue).Select(n => (long?)n)), 4)
        from facts in Facts()
        from session in Sessions()
        from watch in Watches()
        from requestBody in Bodies()
        from responseBody in Bodies()
        select new CallRecord
        {
            Position = position,
            Gateway = t[0],
            Boot = t[1],
            Sequence = numbers[0],
            Time = DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond),
            LatencyUs = numbers[1],
            Outcome = (CallOutcome)(small[0] % 6),
            Cluster = t[2],
            User = t[3],
            Groups = [.. groups],
            UserSource = t[4],
            ImpersonatedUser = t[5],
            Caller = t[6],
            Pod = t[23],
            Node = t[24],
            Verb = t[7],
            ApiPrefix = t[8],
            ApiGroup = t[9],
            ApiVersion = t[10],
            Resource = t[11],
            Subresource = t[12],
            Namespace = t[13],
            Name = t[14],
            LabelSelector = t[15],
            FieldSelector = t[16],
            Object = facts.Object,
            Options = facts.Options,
            Listing = facts.Listing,
            Advice = facts.Advice,
            Program = facts.Program,
            AuditId = audit,
            ClientAuditId = t[17],
            Reason = t[18],
            Session = session,
            Watch = watch,
            Method = t[19],
            Path = t[20],
            Query = t[21],
            Status = small[1],
            RequestBytes = numbers[2],
            ResponseBytes = numbers[3],
            UserAgent = t[22],
            SourceIp = t[0],
            Client = client,
            ClientRequest = numbers[2],
            Upstream = upstream,
            UpstreamRequest = numbers[3],
            Timings = new CallTimings(timings[0], timings[1], timings[2], timings[3]),
            TraceId = trace,
            SpanId = span,
            RequestHeaders = requestHeaders,
            ResponseHeaders = responseHeaders,
            RequestBody = requestBody,
            ResponseBody = responseBody,
        };

    public static Gen<CallPosition> Positions() =>
        from id in Longs(1, long.MaxValue)
        from size in Gen.Choose(1, CallPosition.MaxBatchSize)
        from ordinal in Gen.Choose(0, size - 1)
        from day in Gen.Choose(1, DateOnly.MaxValue.DayNumber)
        select new CallPosition(id, ordinal, size, DateOnly.FromDayNumber(day));

    private static Gen<(CallObject Object, CallOptions Options, CallListing Listing, CallAdvice Advice, CallProgram Program)> Facts() =>
        from t in Gen.ArrayOf(Texts(), 15)
        from n in Gen.ArrayOf(Gen.OneOf(Gen.Constant<long?>(null), Longs(0, long.MaxValue).Select(v => (long?)v)), 4)
        from b in Gen.ArrayOf(Gen.Elements(true, false), 3)
        from warnings in Gen.ListOf(Texts())
        from part in Gen.Elements(Enum.GetValues<CallListingPart>())
        select (
            new CallObject { Uid = t[0], ResourceVersion = t[1], ResourceVersionBefore = t[2], Generation = n[0], OwnerKind = t[3], OwnerName = t[4], Message = t[5] },
            new CallOptions { FieldManager = t[6], DryRun = b[0], PatchType = t[7], ResourceVersion = t[8], ResourceVersionMatch = t[9], Limit = n[1], Continued = b[1], Propagation = t[10] },
            new CallListing { Part = part, Items = n[2], RemainingItems = n[3], Continues = b[2] },
            new CallAdvice { Warnings = [.. warnings], FlowSchema = t[11], PriorityLevel = t[12] },
            new CallProgram { Command = t[13], Session = t[14] });

    public static Gen<CallSide> Sides() =>
        from t in Gen.ArrayOf(Texts(), 9)
        from port in Gen.Choose(0, ushort.MaxValue)
        from trust in Gen.Elements(Enum.GetValues<CallTrust>())
        select new CallSide
        {
            Protocol = t[0],
            TlsVersion = t[1],
            Cipher = t[2],
            Alpn = t[3],
            ServerName = t[4],
            Address = t[5],
            Port = port,
            CertificateSubject = t[6],
            CertificateIssuer = t[7],
            CertificateSha256 = t[8],
            Trust = trust,
        };

    public static Gen<CallSession> Sessions() => Gen.OneOf(
        Gen.Constant(CallSession.None),
        from t in Gen.ArrayOf(Texts(), 6)
        from kind in Gen.Elements("exec", "attach", "portforward")
        from command in Gen.ListOf(Texts())
        from ports in Gen.ListOf(Texts())
        from code in Gen.OneOf(Gen.Constant<int?>(null), Gen.Choose(-1, 255).Select(c => (int?)c))
        from n in Gen.ArrayOf(Gen.OneOf(Gen.Constant(0L), Longs(0, long.MaxValue)), 5)
        from size in Gen.ArrayOf(Gen.Choose(0, ushort.MaxValue), 2)
        select new CallSession
        {
            Kind = kind,
            Command = [.. command],
            Container = t[0],
            IsTty = size[0] % 2 == 1,
            Streams = [.. ports],
            Ports = [.. ports],
            Protocol = t[1],
            Result = t[2],
            ExitCode = code,
            Failure = t[3],
            InputBytes = n[0],
            OutputBytes = n[1],
            ErrorBytes = n[2],
            Resizes = n[3],
            Columns = size[0],
            Rows = size[1],
            Connections = n[4],
            Undecoded = t[4],
            Recorded = t[5],
        });

    public static Gen<CallWatch> Watches() => Gen.OneOf(
        Gen.Constant(CallWatch.None),
        from t in Gen.ArrayOf(Texts(), 5)
        from encoding in Gen.Elements("json", "protobuf", "cbor", "other")
        from n in Gen.ArrayOf(Gen.OneOf(Gen.Constant(0L), Longs(0, long.MaxValue / 8)), 12)
        from times in Gen.ArrayOf(Gen.OneOf(Gen.Constant<long?>(null), Longs(0, long.MaxValue).Select(v => (long?)v)), 2)
        from code in Gen.Elements(0, 410, int.MaxValue)
        from events in Gen.ListOf(from e in Gen.ArrayOf(Texts(), 4) from v in Gen.ArrayOf(Longs(0, long.MaxValue), 2) select new CallWatchEvent(e[0], e[1], e[2], e[3], v[0], v[1]))
        select new CallWatch
        {
            Encoding = encoding,
            Added = n[0],
            AddedBytes = n[1],
            Modified = n[2],
            ModifiedBytes = n[3],
            Deleted = n[4],
            DeletedBytes = n[5],
            Bookmarks = n[6],
            BookmarkBytes = n[7],
            Errors = n[8],
            ErrorBytes = n[9],
            Unknown = n[10],
            UnknownBytes = n[11],
            FirstUs = times[0],
            LastUs = times[1],
            FirstVersion = t[0],
            LastVersion = t[1],
            BookmarkVersion = t[2],
            ErrorCode = code,
            ErrorReason = t[3],
            Uncounted = t[4],
            Events = [.. events],
        });

    public static Gen<CallBody> Bodies() =>
        from content in ArbMap.Default.GeneratorFor<byte[]>()
        from note in Gen.Elements(Enum.GetValues<CallBodyNote>())
        from redacted in Gen.OneOf(Gen.Constant(0), Gen.Choose(0, int.MaxValue))
        select new CallBody(content, note, redacted);

    public static Gen<string> Texts() => Gen.Frequency(
        (1, Gen.Constant("")),
        (3, Gen.Elements("get", "system:serviceaccount:prod:ci", "日本", "a\nb", "🙂", new string('x', 200))),
        (2, Gen.ListOf(Gen.Choose(1, 0xd7ff).Select(c => (char)c)).Select(c => new string([.. c]))));

    private static Gen<IReadOnlyList<CallHeader>> Headers() =>
        from names in Gen.SubListOf("accept", "user-agent", "audit-id", "x-a", "warning")
        from values in Gen.ArrayOf(Gen.NonEmptyListOf(Texts()), names.Count)
        select (IReadOnlyList<CallHeader>)[.. names.Zip(values, (n, v) => new CallHeader(n, [.. v]))];

    private static Gen<long> Longs(long least, long most) => Gen.OneOf(
        Gen.Elements(least, most),
        from high in Gen.Choose(0, int.MaxValue)
        from low in Gen.Choose(0, int.MaxValue)
        select least + ((((long)high << 31) | (uint)low) % (most - least)));

    private static Gen<string> Id(int bytes) => Gen.OneOf(
        Gen.Constant(""),
        Gen.ArrayOf(Gen.Choose(1, 255), bytes).Select(b => Convert.ToHexStringLower([.. b.Select(x => (byte)x)])));
}

namespace KubeLens.Gateway.Redact.Json;

/// <summary>Decides how what is inside an object or array is treated. When something is not known, the safer answer wins.</summary>
internal sealed class TreatmentPolicy(JsonOutline outline)
{
    private bool _isRequest;
    private bool _hasRules;
    private byte[] _pointer = [];

    /// <param name="isRequest">The request's body, or the response's.</param>
    /// <param name="hasRules">An operator's rules redact parts of the objects: neither messages nor columns may show them.</param>
    public void Begin(bool isRequest, bool hasRules) => (_isRequest, _hasRules) = (isRequest, hasRules);

    /// <summary>The frame of an object or array that is the current value in <paramref name="parent"/>.</summary>
    public Frame Enter(in Frame parent, bool isArray, int note, ReadOnlySpan<byte> json)
    {
        var (treatment, place, sensitivity) = parent.IsArray ? (parent.Treatment, parent.Place, parent.Default) : OfMember(parent, isContainer: true, json);
        var frame = new Frame { IsArray = isArray, Treatment = treatment, Place = place, Default = sensitivity, Note = note, Index = -1, Owner = parent.Owner };
        if (!isArray)
        {
            frame.Treatment = OfObject(frame, outline[note]);
        }
        else if (!parent.IsArray && parent.SecretMember)
        {
            frame.Treatment = Treatment.All;
        }

        return frame;
    }

    /// <summary>Whether the current value of <paramref name="parent"/>, which is no object or array, is redacted whatever it says.</summary>
    /// <param name="parent">The frame around the value.</param>
    /// <param name="isFlag">The value is true or false.</param>
    /// <param name="json">The document.</param>
    public bool RedactsScalar(in Frame parent, bool isFlag, ReadOnlySpan<byte> json)
    {
        if (parent.IsArray)
        {
            // An element that is no object has no kind to be judged by.
            return parent.Treatment == Treatment.All || parent.SecretFollows || (parent.Place is Place.Api or Place.Operation && parent.Default == Sensitivity.Strict);
        }

        if (parent.Member == Member.Other && !parent.SecretMember && parent.Treatment is Treatment.Plain)
        {
            return false;
        }

        // "automountServiceAccountToken": false is no token.
        return (parent.SecretMember && !isFlag) || OfMember(parent, isContainer: false, json).Treatment == Treatment.All;
    }

    private Treatment OfObject(in Frame frame, in ObjectNote note)
    {
        if (frame.Treatment == Treatment.All)
        {
            return Treatment.All;
        }

        if (frame.Place == Place.Operation)
        {
            return Treatment.Patch;
        }

        var kinds = note.Kinds;
        var isApi = frame.Place == Place.Api;
        var counts = isApi || note.HasPayload || !note.Complete;
        if (counts && kinds.HasFlag(KindMarks.Strict))
        {
            return Treatment.Strict;
        }

        if (isApi && frame.Default == Sensitivity.Strict && (_isRequest || (kinds & ~(KindMarks.Envelope | KindMarks.Status | KindMarks.AnyList)) != 0 || kinds == 0))
        {
            return Treatment.Strict;
        }

        if ((counts && kinds.HasFlag(KindMarks.Secretish)) || (isApi && frame.Default == Sensitivity.Secretish) || frame.Treatment == Treatment.DataBelow)
        {
            return Treatment.DataBelow;
        }

        if (frame.Treatment is Treatment.Status or Treatment.StatusMessages)
        {
            return frame.Treatment;
        }

        if (isApi && kinds.HasFlag(KindMarks.Status))
        {
            return (_hasRules || frame.Default >= Sensitivity.Secretish) && !note.HarmlessReason ? Treatment.StatusMessages : Treatment.Status;
        }

        return !note.Complete || (isApi && kinds == 0 && frame.Default == Sensitivity.Unknown) ? Treatment.DataHere : Treatment.Plain;
    }

    private (Treatment Treatment, Place Place, Sensitivity Default) OfMember(in Frame parent, bool isContainer, ReadOnlySpan<byte> json)
    {
        if (parent.Member == Member.Other && parent.Treatment is not (Treatment.All or Treatment.Strict or Treatment.Patch))
        {
            return (Below(parent.Treatment), Place.Inner, parent.Default);
        }

        ref readonly var note = ref outline[parent.Note];
        var isApi = parent.Place == Place.Api || (note.Kinds & KindMarks.AnyList) != 0;
        switch (parent.Treatment)
        {
            case Treatment.All:
                return (Treatment.All, Place.Inner, parent.Default);
            case Treatment.Patch:
                return parent.Member switch
                {
                    Member.Op or Member.Path or Member.From => (Treatment.Plain, Place.Inner, parent.Default),
                    Member.Value => OfPatchValue(note, parent.Default, json),
                    _ => (Treatment.All, Place.Inner, parent.Default),
                };
            case Treatment.Strict:
                return parent.Member switch
                {
                    Member.Kind or Member.ApiVersion or Member.Type or Member.Immutable when !isContainer => (Treatment.Plain, Place.Inner, parent.Default),
                    Member.Metadata when isContainer => (Treatment.Plain, Place.Inner, parent.Default),
                    Member.Items when isContainer && isApi && !note.Kinds.HasFlag(KindMarks.Strict) => (Treatment.Plain, Place.Api, Sensitivity.Strict),
                    Member.Object when isContainer && isApi && note.Kinds == 0 && !_isRequest => (Treatment.Plain, Place.Api, Sensitivity.Strict),
                    _ => (Treatment.All, Place.Inner, parent.Default),
                };
        }

        switch (parent.Member)
        {
            case Member.StringData or Member.BinaryData:
            case Member.Data when parent.Treatment is Treatment.DataHere or Treatment.DataBelow:
            case Member.Value when note.SecretName || (!note.Named && !note.Complete):
            case Member.Message when parent.Treatment == Treatment.StatusMessages:
                return (Treatment.All, Place.Inner, parent.Default);
            case Member.Items when isApi:
                return (Treatment.Plain, Place.Api, OfItems(note.Kinds, parent.Default));
            case Member.Object when parent.Place == Place.Row || (isApi && note.Kinds == 0):
                return (Treatment.Plain, Place.Api, parent.Default);
            case Member.Cells when _hasRules && parent.Place == Place.Row:
                return (Treatment.All, Place.Inner, parent.Default);
            case Member.Rows when isApi && (note.Kinds.HasFlag(KindMarks.Envelope) || !note.Complete):
                return (Treatment.Plain, Place.Row, parent.Default);
        }

        return (Below(parent.Treatment), Place.Inner, parent.Default);
    }

    private static Treatment Below(Treatment treatment) => treatment == Treatment.DataHere ? Treatment.Plain : treatment;

    private static Sensitivity OfItems(KindMarks list, Sensitivity inherited)
    {
        var own = list.HasFlag(KindMarks.ListOfStrict) ? Sensitivity.Strict
            : list.HasFlag(KindMarks.ListOfSecretish) ? Sensitivity.Secretish
            : list.HasFlag(KindMarks.List) ? Sensitivity.Unknown
            : Sensitivity.Plain;
        return own > inherited ? own : inherited;
    }

    // {"op":"replace","path":"/data/password","value":"czNj"}: paths are JSON pointers (RFC 6901).
    private (Treatment Treatment, Place Place, Sensitivity Default) OfPatchValue(in ObjectNote note, Sensitivity sensitivity, ReadOnlySpan<byte> json)
    {
        var secret = (Treatment.All, Place.Inner, sensitivity);
        if (!note.Complete || note.Paths != 1)
        {
            return secret;
        }

        var path = JsonPointer.Read(note.Path.In(json), ref _pointer);
        if (path.IsEmpty)
        {
            return (Treatment.Plain, Place.Api, sensitivity);
        }

        var first = JsonPointer.Next(ref path);
        var member = MemberNames.Of(first);
        var last = first;
        var env = false;
        var data = MemberNames.IsData(member);
        while (!path.IsEmpty)
        {
            last = JsonPointer.Next(ref path);
            env |= last.SequenceEqual("env"u8);
            data |= MemberNames.IsData(MemberNames.Of(last));
        }

        var harmless = member is Member.Metadata or Member.Kind or Member.ApiVersion or Member.Type or Member.Immutable;
        if ((sensitivity == Sensitivity.Strict && !harmless)
            || (sensitivity is Sensitivity.Secretish or Sensitivity.Unknown && data)
            || (env && MemberNames.Of(last) == Member.Value)
            || SecretNames.IsSecretMember(last)
            || SecretNames.IsObjectCopy(last))
        {
            return secret;
        }

        return (sensitivity == Sensitivity.Secretish ? Treatment.DataBelow : Treatment.Plain, Place.Inner, sensitivity);
    }
}

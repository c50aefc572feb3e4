namespace KubeLens.Gateway.Spool;

/// <summary>What gives way when the spool fills up because the Store is away (<c>Capture:OnPressure</c>).</summary>
internal enum PressurePolicy
{
    /// <summary>New bodies are dropped from 80 % on, new calls when it is full.</summary>
    DropBodies,

    /// <summary>The oldest segment goes, delivered or not.</summary>
    DropOldest,

    /// <summary>Nothing gives way: appending fails when it is full, and the gateway refuses calls that it could not record.</summary>
    Refuse,
}

namespace KubeLens.Gateway.Capture.Sessions.Recording;

/// <summary>The modes as the configuration and the record write them.</summary>
internal static class RecordingModes
{
    public const string Words = "none, output or input-and-output";

    /// <summary>Null for another word. Empty is none.</summary>
    public static RecordingMode? Parse(string word) => word.ToLowerInvariant() switch
    {
        "" or "none" => RecordingMode.None,
        "output" => RecordingMode.Output,
        "input-and-output" or "inputandoutput" => RecordingMode.InputAndOutput,
        _ => null,
    };

    public static string Word(this RecordingMode mode) => mode switch
    {
        RecordingMode.Output => "output",
        RecordingMode.InputAndOutput => "input-and-output",
        _ => "none",
    };
}

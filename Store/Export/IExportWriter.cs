namespace KubeLens.Store.Export;

/// <summary>
/// Writes calls in one format to the buffer that it was opened on; it never flushes that. After each method all that was
/// written is in the buffer. Called as <see cref="Begin"/>, <see cref="Write"/> any number of times, <see cref="End"/>;
/// without <see cref="End"/> what was written is no whole export.
/// </summary>
internal interface IExportWriter : IDisposable
{
    void Begin();

    void Write(ExportedCall call);

    void End();
}

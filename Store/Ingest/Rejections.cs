namespace KubeLens.Store.Ingest;

/// <summary>Records of a request that can never be stored: how many, and why the first one.</summary>
internal sealed class Rejections
{
    public int Count { get; private set; }

    public string First { get; private set; } = "";

    public void Add(string reason, int records = 1)
    {
        First = Count == 0 ? reason : First;
        Count += records;
    }
}

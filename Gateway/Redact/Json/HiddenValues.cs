namespace KubeLens.Gateway.Redact.Json;

/// <summary>Values that a converter hid for what the JSON no longer tells, met one after the other.</summary>
/// <param name="places">As of <see cref="JsonRedactor.Source"/>.</param>
internal struct HiddenValues(IReadOnlyList<int>? places)
{
    private int _next;

    /// <param name="start">Of a value that is no object or array; later than that of the call before.</param>
    public bool Contain(long start)
    {
        if (places is null || _next >= places.Count || start < places[_next])
        {
            return false;
        }

        _next++;
        return true;
    }
}

namespace KubeLens.Store.Database;

/// <summary>Whether the tables are there; set once, by <see cref="DatabaseMigrator"/>.</summary>
internal sealed class DatabaseState
{
    private readonly TaskCompletionSource _migrated = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsMigrated => _migrated.Task.IsCompletedSuccessfully;

    public void MarkMigrated() => _migrated.TrySetResult();

    public Task WaitUntilMigratedAsync(CancellationToken cancellationToken) => _migrated.Task.WaitAsync(cancellationToken);
}

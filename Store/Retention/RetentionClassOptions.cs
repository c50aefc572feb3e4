namespace KubeLens.Store.Retention;

/// <summary>What differs for a class. Section <c>Retention:Classes:{class}</c>.</summary>
internal sealed class RetentionClassOptions
{
    /// <summary>As <see cref="RetentionOptions.BodyDays"/>, for the calls of this class.</summary>
    public int BodyDays { get; set; }
}

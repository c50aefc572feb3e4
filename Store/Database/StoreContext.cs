using Microsoft.EntityFrameworkCore;

namespace KubeLens.Store.Database;

/// <summary>The model over the tables that <c>Migrations/</c> makes. Rows come in by COPY; reading goes through here.</summary>
internal sealed class StoreContext(DbContextOptions<StoreContext> options) : DbContext(options)
{
    public DbSet<Dim> Dims => Set<Dim>();
    public DbSet<IngestBatch> Batches => Set<IngestBatch>();
    public DbSet<Call> Calls => Set<Call>();
    public DbSet<Pack> Packs => Set<Pack>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Dim>(dim =>
        {
            dim.ToTable("dim").HasKey(d => new { d.Kind, d.Hash });
            dim.Property(d => d.Id).UseIdentityByDefaultColumn();
            dim.HasIndex(d => d.Id).IsUnique();
            dim.HasIndex(d => new { d.Kind, d.Value });
        });
        modelBuilder.Entity<IngestBatch>().ToTable("ingest_batch").HasKey(b => new { b.BatchId, b.Day });
        modelBuilder.Entity<Pack>().ToTable("pack").HasKey(p => new { p.BatchId, p.Seq, p.DropDay });

        // No key: the ledger is what keeps a call from being stored twice, a unique index would cost four times as much.
        modelBuilder.Entity<Call>(call =>
        {
            call.ToTable("call").HasNoKey().Ignore(c => c.Segment).Ignore(c => c.DimIds);
            call.Property(c => c.ResourceVersion).HasColumnName("rv");
        });
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<string>().UseCollation(Collation);

    /// <summary>
    /// Text compares by bytes and folds case for ASCII only, whatever locale the database was made with:
    /// the same query finds the same calls everywhere.
    /// </summary>
    public const string Collation = "C";
}

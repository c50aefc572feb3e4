using KubeLens.Store.Distribution;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;
using Npgsql;

namespace KubeLens.Store.Database;

internal static class DatabaseExtensions
{
    /// <summary>The key of the connection string.</summary>
    public const string ConnectionString = "Store";

    private const int DefaultPoolSize = 32;

    public static WebApplicationBuilder AddDatabase(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<DatabaseOptions>().BindConfiguration(DatabaseOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton(services =>
        {
            // Hosted services are made before the host validates: a wrong connection string is told with every other error, not before them.
            services.GetRequiredService<IStartupValidator>().Validate();
            return CreateDataSource(services.GetRequiredService<IConfiguration>().GetConnectionString(ConnectionString) ?? "", services.GetRequiredService<ILoggerFactory>());
        });
        builder.Services.AddDbContextFactory<StoreContext>((services, options) => options
            .UseNpgsql(services.GetRequiredService<NpgsqlDataSource>())
            .UseSnakeCaseNamingConvention()
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
            // The migrations are written by hand, so there is no generated snapshot to compare with; a test compares with the tables.
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning)));
        builder.Services.AddSingleton<DatabaseState>();
        builder.Services.AddSingleton<DatabaseAnswering>();
        builder.Services.AddSingleton<DimReader>();
        builder.Services.AddSingleton<TableDistributor>();
        builder.Services.AddHostedService<DatabaseMigrator>();
        builder.Services.AddHealthChecks().AddCheck<DatabaseHealthCheck>("database");
        // What fails is thrown to us as well, and the first start fails on purpose: EF asks for a history that is not there yet.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Critical);
        builder.Logging.AddFilter("Npgsql", LogLevel.Warning);
        return builder;
    }

    private static NpgsqlDataSource CreateDataSource(string connectionString, ILoggerFactory loggers)
    {
        var source = new NpgsqlDataSourceBuilder(connectionString)
        {
            // Without a name of its own, a source is named in telemetry by its connection string.
            Name = "store",
        };
        source.UseLoggerFactory(loggers);
        source.ConnectionStringBuilder.ApplicationName ??= "kubelens-store";
        if (!source.ConnectionStringBuilder.ContainsKey("Maximum Pool Size"))
        {
            source.ConnectionStringBuilder.MaxPoolSize = DefaultPoolSize;
        }

        return source.Build();
    }
}

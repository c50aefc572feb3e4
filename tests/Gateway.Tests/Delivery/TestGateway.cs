using System.Buffers;
using System.Text;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Otlp;
using KubeLens.Gateway.Delivery;
using KubeLens.Gateway.Spool;
using KubeLens.Gateway.Tests.Spool;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KubeLens.Gateway.Tests.Delivery;

/// <summary>Spool and delivery of a gateway, put together by the registrations that the gateway uses.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    private readonly IHost _host;

    private TestGateway(IHost host, LogLines log) => (_host, Log) = (host, log);

    public LogLines Log { get; }
    public IServiceProvider Services => _host.Services;
    public ICallSpool Spool => _host.Services.GetRequiredService<ICallSpool>();
    public SpoolStatus Status => _host.Services.GetRequiredService<ISpoolStatus>().Status;

    public static async Task<TestGateway> StartAsync(string folder, string store, params (string Key, string Value)[] configuration)
    {
        var log = new LogLines();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Spool:Folder"] = folder,
            ["Spool:SegmentBytes"] = "1048576",
            ["Spool:MaxBytes"] = "67108864",
            ["Store:Address"] = store,
        });
        builder.Configuration.AddInMemoryCollection(configuration.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)));
        builder.Logging.AddProvider(log);
        builder.Services.AddSpool().AddDelivery();
        var host = builder.Build();
        try
        {
            await host.StartAsync(TestContext.Current.CancellationToken);
        }
        catch
        {
            host.Dispose();
            throw;
        }

        return new TestGateway(host, log);
    }

    public bool Call(long sequence, string requestBody = "", string responseBody = "")
    {
        if (!Spool.AppendCall(sequence, Record(Spool.Boot, sequence), bodiesFollow: true))
        {
            return false;
        }

        Spool.AppendBodies(sequence, Bodies(requestBody, responseBody));
        return true;
    }

    public Task StopAsync() => _host.StopAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _host.Dispose();
    }

    public static byte[] Record(string boot, long sequence, int padding = 0)
    {
        var output = new ArrayBufferWriter<byte>();
        CallLogWriter.WriteCall(new CallRecord { Time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), Boot = boot, Sequence = sequence, Verb = "get", Path = new string('p', padding) }, output);
        return output.WrittenSpan.ToArray();
    }

    public static byte[] Bodies(string request, string response)
    {
        var output = new ArrayBufferWriter<byte>();
        CallLogWriter.WriteBodies(Body(request), Body(response), output);
        return output.WrittenSpan.ToArray();
    }

    private static CallBody Body(string text) => new(Encoding.UTF8.GetBytes(text), CallBodyNote.Whole, 0);
}

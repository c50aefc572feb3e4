using KubeLens.ServiceDefaults;
using KubeLens.Store.Hosting;

if (StoreCommands.Knows(args))
{
    return await StoreCommands.RunAsync(args);
}

return await ConfigurationExit.RunAsync(() => StoreProgram.Build(args));

using KubeLens.ServiceDefaults;
using KubeLens.Store.Hosting;

return await ConfigurationExit.RunAsync(() => StoreProgram.Build(args));

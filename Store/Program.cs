using KubeLens.Store.Hosting;

return await StoreProgram.RunAsync(args);

using Microsoft.Extensions.Hosting;
using SessionFunctions;

await FunctionsHost.Build(args).RunAsync();

using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SessionApi;
using SessionCore;
using SessionCore.Caching;
using SessionCore.Tables;
using SessionFunctions.Tables;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();

// ASP.NET Core logs four or five lines a request at Information, and each crosses to the host.
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);

// Before the core's tables, which stay aside where some are registered; their options are read and checked all the same.
builder.Services.AddAzureDataTables();
builder.Services.AddTableStorage();
builder.Services.AddSessionCache();
builder.Services.AddSessionCore();
builder.Services.AddSessionApi();

await builder.Build().RunAsync();

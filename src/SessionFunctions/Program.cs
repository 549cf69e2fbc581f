using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SessionFunctions;
using SessionFunctions.Tables;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();

// ASP.NET Core logs four or five lines a request at Information, and each crosses to the host.
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
builder.Services.AddAzureDataTables();
builder.Services.AddSessionFunctions(builder.Environment.IsDevelopment());

await builder.Build().RunAsync();

namespace Repository.Tests.Feed;

/// <summary>What a project sees of the feed.</summary>
internal sealed record ProjectAnswers(string FunctionsWorker, string AzureDataTables, string StackExchangeRedis2);

namespace Infra.Tests.Rules;

/// <summary>The resource types that rules speak of.</summary>
internal static class ResourceTypes
{
    public const string Storage = "Microsoft.Storage/storageAccounts";
    public const string TableService = "Microsoft.Storage/storageAccounts/tableServices";
    public const string BlobService = "Microsoft.Storage/storageAccounts/blobServices";
    public const string QueueService = "Microsoft.Storage/storageAccounts/queueServices";
    public const string Queue = "Microsoft.Storage/storageAccounts/queueServices/queues";
    public const string EventTopic = "Microsoft.EventGrid/topics";
    public const string Container = "Microsoft.Storage/storageAccounts/blobServices/containers";
    public const string Redis = "Microsoft.Cache/redisEnterprise";
    public const string RedisDatabase = "Microsoft.Cache/redisEnterprise/databases";
    public const string RedisAccess = "Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments";
    public const string Vault = "Microsoft.KeyVault/vaults";
    public const string Site = "Microsoft.Web/sites";
    public const string StaticSite = "Microsoft.Web/staticSites";
    public const string PublishingCredentials = "Microsoft.Web/sites/basicPublishingCredentialsPolicies";
    public const string Component = "Microsoft.Insights/components";
    public const string Diagnostics = "Microsoft.Insights/diagnosticSettings";
    public const string QueryAlert = "Microsoft.Insights/scheduledQueryRules";
    public const string MetricAlert = "Microsoft.Insights/metricAlerts";
    public const string Workspace = "Microsoft.OperationalInsights/workspaces";
    public const string Network = "Microsoft.Network/virtualNetworks";
    public const string NetworkRules = "Microsoft.Network/networkSecurityGroups";
    public const string RoleAssignment = "Microsoft.Authorization/roleAssignments";
}

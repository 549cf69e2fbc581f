metadata description = 'Azure Managed Redis for the session cache: Entra ID only, TLS only, nothing kept on disk.'

@description('Name of the cluster.')
@minLength(1)
@maxLength(60)
param name string

@description('Region.')
param location string

@description('Tags.')
param tags object

@description('Size.')
param sku string

@description('Whether there is a replica.')
param replica bool

@description('Whether the cluster can be reached from outside a private network. Entra ID guards it either way.')
param publicAccess bool

@description('Object id of the app\'s identity.')
param principalId string

@description('Workspace that receives the logs.')
param workspaceId string

resource cluster 'Microsoft.Cache/redisEnterprise@2025-07-01' = {
  name: name
  location: location
  tags: tags
  sku: {
    name: sku
  }
  properties: {
    minimumTlsVersion: '1.2'
    highAvailability: replica ? 'Enabled' : 'Disabled'
    publicNetworkAccess: publicAccess ? 'Enabled' : 'Disabled'
  }
}

resource database 'Microsoft.Cache/redisEnterprise/databases@2025-07-01' = {
  parent: cluster
  name: 'default'
  properties: {
    accessKeysAuthentication: 'Disabled'
    clientProtocol: 'Encrypted'
    port: 10000
    // One endpoint for the one multiplexed connection each instance holds; keys of a user share a slot under any policy.
    clusteringPolicy: 'EnterpriseCluster'
    // Every entry has an expiry, so all of them may be evicted; an evicted entry costs one table read.
    evictionPolicy: 'VolatileLRU'
    // A cache that comes back with yesterday's entries is worth less than an empty one.
    persistence: {
      aofEnabled: false
      rdbEnabled: false
    }
  }
}

// The service offers one policy, all commands on all keys; the database holds nothing but this app's entries.
resource access 'Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments@2025-07-01' = {
  parent: database
  name: replace(guid(database.id, principalId), '-', '')
  properties: {
    accessPolicyName: 'default'
    user: {
      objectId: principalId
    }
  }
}

resource clusterDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'workspace'
  scope: cluster
  properties: {
    workspaceId: workspaceId
    metrics: [
      { category: 'AllMetrics', enabled: true }
    ]
  }
}

resource databaseDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'workspace'
  scope: database
  properties: {
    workspaceId: workspaceId
    logs: [
      { categoryGroup: 'allLogs', enabled: true }
    ]
  }
}

@description('Resource id of the cluster.')
output id string = cluster.id

@description('Host and port.')
output endpoint string = '${cluster.properties.hostName}:${database.properties.port}'

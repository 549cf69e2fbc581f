metadata description = 'Every role of the app, and no other: data, not management, each on the one resource that needs it.'

@description('Object id of the app\'s identity.')
param principalId string

@description('Account of the session tables.')
param tablesName string

@description('Account of the host: its leases and the app\'s package.')
param hostStorageName string

@description('Vault of the key ring.')
param vaultName string

@description('Application Insights component.')
param componentName string

@description('Whether the app sends and takes hints of events in a queue of the host\'s account.')
param useQueue bool

@description('Whether the app publishes events to a topic of Event Grid.')
param useTopic bool

@description('That topic.')
@minLength(1)
param topicName string

var storageTableDataContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
var storageBlobDataOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
var keyVaultSecretsUser = '4633458b-17de-408a-b874-0445c86b69e6'
var storageQueueDataContributor = '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
var eventGridDataSender = 'd5a91429-5739-47e2-a06b-3470a27159e7'
var monitoringMetricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'

resource tables 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: tablesName
}

resource hostStorage 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: hostStorageName
}

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  name: vaultName
}

resource component 'Microsoft.Insights/components@2020-02-02' existing = {
  name: componentName
}

// On the account, which holds the session tables and nothing else.
resource tablesRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(tables.id, principalId, storageTableDataContributor)
  scope: tables
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageTableDataContributor)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

// The Functions host asks for Owner on its own account: it keeps the timers' leases and its locks in containers it makes.
resource hostRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(hostStorage.id, principalId, storageBlobDataOwner)
  scope: hostStorage
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageBlobDataOwner)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

resource vaultRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, principalId, keyVaultSecretsUser)
  scope: vault
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyVaultSecretsUser)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

resource telemetryRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(component.id, principalId, monitoringMetricsPublisher)
  scope: component
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', monitoringMetricsPublisher)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

// The trigger reads and removes messages and makes the queue for those that fail; the app sends them.
resource queueRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (useQueue) {
  name: guid(hostStorage.id, principalId, storageQueueDataContributor)
  scope: hostStorage
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageQueueDataContributor)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

resource topic 'Microsoft.EventGrid/topics@2025-02-15' existing = if (useTopic) {
  name: topicName
}

resource topicRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (useTopic) {
  name: guid(topic.id, principalId, eventGridDataSender)
  scope: topic
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', eventGridDataSender)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

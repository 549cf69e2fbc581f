metadata description = 'The Event Grid topic of events: CloudEvents, roles instead of keys.'

@description('Name of the topic.')
@minLength(3)
@maxLength(50)
param name string

@description('Region.')
param location string

@description('Tags.')
param tags object

@description('Whether the topic can be reached from outside a private network. Entra ID guards it either way.')
param publicAccess bool

@description('Workspace that receives the logs.')
param workspaceId string

resource topic 'Microsoft.EventGrid/topics@2025-02-15' = {
  name: name
  location: location
  tags: tags
  properties: {
    inputSchema: 'CloudEventSchemaV1_0'
    disableLocalAuth: true
    minimumTlsVersionAllowed: '1.2'
    publicNetworkAccess: publicAccess ? 'Enabled' : 'Disabled'
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'workspace'
  scope: topic
  properties: {
    workspaceId: workspaceId
    logs: [
      { categoryGroup: 'allLogs', enabled: true }
    ]
    metrics: [
      { category: 'AllMetrics', enabled: true }
    ]
  }
}

@description('Resource id.')
output id string = topic.id

@description('Name.')
output name string = topic.name

@description('Where events are published.')
output endpoint string = topic.properties.endpoint

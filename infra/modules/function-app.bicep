metadata description = 'The function app on Flex Consumption. Every setting is an endpoint, an option or a vault reference; none is a credential.'

import { EventTargetEntry, KeyRingEntry, PassportRingEntry, ServiceEntry } from 'types.bicep'

@description('Name of the app.')
param name string

@description('Name of its plan; Flex Consumption allows one app a plan.')
param planName string

@description('Region.')
param location string

@description('Tags.')
param tags object

@description('Resource id of the app\'s identity.')
param identityId string

@description('Application id of that identity.')
param clientId string

@description('Account of the host: leases, locks, packages.')
param hostStorageName string

@description('Container the app\'s package is deployed to.')
param packageContainerUrl string

@description('Endpoint of the session tables.')
param tableEndpoint string

@description('Host and port of Redis. Empty: no cache.')
param cacheEndpoint string

@description('Address of the vault, with a trailing slash.')
param vaultUri string

@description('The key ring.')
param keyRing KeyRingEntry[]

@description('The keys of passports. Empty: passports are off.')
param passportRing PassportRingEntry[]

@description('Services that call with a static key.')
param services ServiceEntry[]

@description('Tenant of callers with Entra ID tokens.')
param entraTenantId string

@description('Audiences of those tokens. Empty: none is accepted.')
param entraAudiences string[]

@description('Origin of the console\'s pages, which may call the API from browsers. Empty: none.')
param consoleOrigin string

@description('Header in which a front end tells the client\'s address. Empty: that of the platform.')
param clientAddressHeader string

@description('Application Insights component that receives the telemetry.')
param componentName string

@description('When the purge runs.')
param purgeSchedule string

@description('When the user indexes are rebuilt.')
param rebuildSchedule string

@description('Whether changes write events, and the functions that deliver them run.')
param useEvents bool

@description('Source that events name.')
param eventSource string

@description('Receivers of events.')
param eventTargets EventTargetEntry[]

@description('Where events are published to the topic of this deployment. Empty: none.')
param eventTopicEndpoint string

@description('Whether that topic is reached at a private address.')
param eventTopicIsPrivate bool

@description('Queue of hints.')
param eventQueue string

@description('When events are looked for.')
param eventSchedule string

@description('Further options by configuration key.')
param settings object

@description('Memory of one instance, in MB.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int

@description('Most instances.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int

@description('Instances kept warm for HTTP.')
@minValue(0)
param alwaysReadyInstances int

@description('Concurrent requests per instance.')
@minValue(1)
@maxValue(1000)
param perInstanceConcurrency int

@description('Whether instances are spread over availability zones.')
param zoneRedundant bool

@description('How an update replaces instances.')
@allowed(['Recreate', 'RollingUpdate'])
param updateStrategy string

@description('Subnet the app calls out from. Empty: no network of its own.')
param subnetId string

@description('Workspace that receives the logs.')
param workspaceId string

var keyIds = [for (entry, i) in keyRing: { name: 'Keys__Ring__${i}__Id', value: string(entry.id) }]
var keyStates = [for (entry, i) in keyRing: { name: 'Keys__Ring__${i}__State', value: entry.state }]
var keyReferences = [for (entry, i) in keyRing: {
  name: 'Keys__Ring__${i}__Key'
  value: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/${entry.vaultEntry})'
}]
var passportRingStates = [for (entry, i) in passportRing: { name: 'Passports__Keys__${i}__State', value: entry.state }]
var passportRingReferences = [for (entry, i) in passportRing: {
  name: 'Passports__Keys__${i}__Key'
  value: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/${entry.vaultEntry})'
}]
var serviceIds = [for (entry, i) in services: { name: 'ServiceKeys__${i}__Id', value: entry.id }]
var serviceClients = [for (entry, i) in services: { name: 'ServiceKeys__${i}__Client', value: entry.client }]
var serviceHashes = [for (entry, i) in services: { name: 'ServiceKeys__${i}__Hash', value: entry.hash }]
var serviceEnds = [for (entry, i) in services: { name: 'ServiceKeys__${i}__ExpiresAt', value: entry.expiresAt }]
var serviceScopes = flatten(map(range(0, length(services)), i => map(
  range(0, length(services[i].scopes)),
  j => { name: 'ServiceKeys__${i}__Scopes__${j}', value: services[i].scopes[j] }
)))
var entraTenant = empty(entraAudiences) ? [] : [{ name: 'Entra__TenantId', value: entraTenantId }]
var entraAudienceList = [for (audience, i) in entraAudiences: { name: 'Entra__Audiences__${i}', value: audience }]
var addressHeader = empty(clientAddressHeader) ? [] : [{ name: 'RateLimit__ClientAddressHeader', value: clientAddressHeader }]
var consoleSettings = empty(consoleOrigin) ? [] : [{ name: 'Cors__Origins__0', value: consoleOrigin }]
var furtherSettings = map(items(settings), setting => { name: setting.key, value: string(setting.value) })
var cacheSettings = empty(cacheEndpoint) ? [] : [{ name: 'Cache__Endpoint', value: cacheEndpoint }]

var eventSettings = !useEvents ? [] : [
  { name: 'Events__Enabled', value: 'true' }
  { name: 'Events__Source', value: eventSource }
]
var topicSettings = empty(eventTopicEndpoint) ? [] : [
  { name: 'Events__Targets__topic__Kind', value: 'EventGrid' }
  { name: 'Events__Targets__topic__Url', value: eventTopicEndpoint }
  { name: 'Events__Targets__topic__AllowPrivateAddresses', value: eventTopicIsPrivate ? 'true' : 'false' }
]
var targetSettings = !useEvents ? [] : flatten(map(eventTargets, target => concat(
  [
    { name: 'Events__Targets__${target.name}__Kind', value: target.kind }
    { name: 'Events__Targets__${target.name}__Url', value: target.url }
  ],
  map(range(0, length(target.?types ?? [])), i => { name: 'Events__Targets__${target.name}__Types__${i}', value: target.types![i] }),
  target.kind != 'Webhook' ? [] : [{ name: 'Events__Targets__${target.name}__Secret', value: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/${target.?secretEntry ?? ''})' }],
  empty(target.?previousSecretEntry) ? [] : [{ name: 'Events__Targets__${target.name}__PreviousSecret', value: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/${target.previousSecretEntry!})' }],
  target.kind != 'Caep' ? [] : [
    { name: 'Events__Targets__${target.name}__Caep__SigningKey', value: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/${target.?secretEntry ?? ''})' }
    { name: 'Events__Targets__${target.name}__Caep__Issuer', value: target.?issuer ?? '' }
    { name: 'Events__Targets__${target.name}__Caep__Audience', value: target.?audience ?? '' }
  ],
  empty(target.?authorizationEntry) ? [] : [{ name: 'Events__Targets__${target.name}__Caep__Authorization', value: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/${target.authorizationEntry!})' }]
)))

resource component 'Microsoft.Insights/components@2020-02-02' existing = {
  name: componentName
}

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    tier: 'FlexConsumption'
    name: 'FC1'
  }
  properties: {
    reserved: true
    zoneRedundant: zoneRedundant
  }
}

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageContainerUrl
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: alwaysReadyInstances == 0 ? [] : [{ name: 'http', instanceCount: alwaysReadyInstances }]
        triggers: {
          http: {
            perInstanceConcurrency: perInstanceConcurrency
          }
        }
      }
      // Documented for Flex Consumption, not yet in the published type.
      #disable-next-line BCP037
      siteUpdateStrategy: {
        type: updateStrategy
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
      remoteDebuggingEnabled: false
      http20Enabled: true
      appSettings: concat(
        [
          { name: 'AzureWebJobsStorage__accountName', value: hostStorageName }
          { name: 'AzureWebJobsStorage__credential', value: 'managedidentity' }
          { name: 'AzureWebJobsStorage__clientId', value: clientId }
          // The identity DefaultAzureCredential picks where no option names one.
          { name: 'AZURE_CLIENT_ID', value: clientId }
          // Names the component and opens nothing: its local authentication is off, the line after it says who writes.
          { name: 'APPLICATIONINSIGHTS_CONNECTION_STRING', value: component.properties.ConnectionString }
          { name: 'APPLICATIONINSIGHTS_AUTHENTICATION_STRING', value: 'ClientId=${clientId};Authorization=AAD' }
          { name: 'Tables__Endpoint', value: tableEndpoint }
          { name: 'Tables__ManagedIdentityClientId', value: clientId }
          { name: 'PurgeSchedule', value: purgeSchedule }
          { name: 'RebuildSchedule', value: rebuildSchedule }
          { name: 'EventQueue', value: eventQueue }
          { name: 'EventSchedule', value: eventSchedule }
          { name: 'AzureWebJobs.DeliverEvents.Disabled', value: useEvents ? 'false' : 'true' }
          { name: 'AzureWebJobs.DeliverHintedEvents.Disabled', value: useEvents ? 'false' : 'true' }
        ],
        cacheSettings,
        keyIds,
        keyStates,
        keyReferences,
        passportRingStates,
        passportRingReferences,
        serviceIds,
        serviceClients,
        serviceHashes,
        serviceScopes,
        serviceEnds,
        entraTenant,
        entraAudienceList,
        addressHeader,
        consoleSettings,
        eventSettings,
        topicSettings,
        targetSettings,
        furtherSettings
      )
    }
  }
}

resource ftpCredentials 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-11-01' = {
  parent: app
  name: 'ftp'
  properties: {
    allow: false
  }
}

resource scmCredentials 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-11-01' = {
  parent: app
  name: 'scm'
  properties: {
    allow: false
  }
}

// Logs of the app itself reach the workspace through Application Insights; a second copy would only cost.
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'workspace'
  scope: app
  properties: {
    workspaceId: workspaceId
    metrics: [
      { category: 'AllMetrics', enabled: true }
    ]
  }
}

@description('Resource id.')
output id string = app.id

@description('Name.')
output name string = app.name

@description('Host name.')
output hostName string = app.properties.defaultHostName

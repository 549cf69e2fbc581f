targetScope = 'subscription'

metadata name = 'Session API'
metadata description = 'The session API on Azure Functions Flex Consumption, with its tables, cache, key vault, roles, logs and alerts.'

import { EventTargetEntry, KeyRingEntry, PassportRingEntry, ServiceEntry } from 'modules/types.bicep'

@description('Name of the environment (azd: AZURE_ENV_NAME). Names of resources are derived from it.')
@minLength(1)
@maxLength(40)
param environmentName string

@description('Region of every resource. It must offer Flex Consumption: az functionapp list-flexconsumption-locations.')
@minLength(1)
param location string

@description('Name of the resource group. Empty: rg- and the name of the environment.')
@maxLength(90)
param resourceGroupName string = ''

@description('The master keys by their numbers, newest last: exactly one Active, any number that only Read. Each names the vault entry that holds it; the key itself never passes through a template.')
@minLength(1)
@maxLength(8)
param keyRing KeyRingEntry[] = [
  { id: 1, vaultEntry: 'session-key-1', state: 'Active' }
]

@description('The keys of passports: exactly one Active, any number that only Read. Each names the vault entry that holds it. Empty: passports are off. Their other options are settings, such as Passports__Enabled.')
@maxLength(8)
param passportRing PassportRingEntry[] = []

@description('Services that call with a static key: hashes and scopes, never the keys. Empty: services come with Entra ID tokens only.')
@maxLength(50)
param services ServiceEntry[] = []

@description('Tenant whose applications may call with Entra ID tokens.')
param entraTenantId string = tenant().tenantId

@description('Audiences of tokens meant for this API, such as api://sessions. Empty: Entra ID tokens are not accepted.')
@maxLength(10)
param entraAudiences string[] = []

@description('Whether the operator\'s console is deployed as a static site beside the app. Its files are uploaded after provisioning: docs/console.md.')
param consoleSite bool = false

@description('Region of that site: one of those that offer Static Web Apps. Its content is served from everywhere.')
param consoleLocation string = 'westeurope'

@description('Redundancy of the session tables. Zone redundancy is the least that survives the loss of one data centre without losing an acknowledged write.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param tableRedundancy string = 'Standard_ZRS'

@description('Whether the accounts with session tables and keys carry a lock against deletion. Set it to false before azd down.')
param protectFromDeletion bool = true

@description('Whether there is a Redis in front of the tables. Without it every validation is one table read: slower, cheaper, the same answers.')
param useCache bool = true

@description('Size of Azure Managed Redis. A live entry is about 2 KB; B0 holds 0.5 GB.')
@allowed([
  'Balanced_B0'
  'Balanced_B1'
  'Balanced_B3'
  'Balanced_B5'
  'Balanced_B10'
  'Balanced_B20'
  'ComputeOptimized_X3'
  'ComputeOptimized_X5'
  'ComputeOptimized_X10'
])
param cacheSku string = 'Balanced_B0'

@description('Whether Redis keeps a replica. Without one its restart empties the cache, which costs table reads and no session.')
param cacheReplica bool = true

@description('Memory of one instance, in MB. The API fits into 512, and memory is most of the bill; larger instances get a larger share of a CPU.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 512

@description('Most instances the app may scale out to: a ceiling on cost and on connections.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Instances kept warm for HTTP. 0 scales to zero: cheapest, with a cold start after a pause.')
@minValue(0)
@maxValue(100)
param alwaysReadyInstances int = 0

@description('Concurrent requests one instance takes before the platform starts another.')
@minValue(1)
@maxValue(1000)
param perInstanceConcurrency int = 100

@description('Whether instances are spread over availability zones. The region must have them.')
param zoneRedundant bool = false

@description('Whether an update restarts all instances at once (Recreate) or in batches (RollingUpdate).')
@allowed(['Recreate', 'RollingUpdate'])
param updateStrategy string = 'Recreate'

@description('When the purge runs, as NCRONTAB in UTC. It has to run often enough that its backlog stays under the alert.')
@minLength(9)
param purgeSchedule string = '0 */5 * * * *'

@description('When the user indexes are checked and repaired, as NCRONTAB in UTC.')
@minLength(9)
param rebuildSchedule string = '0 30 3 * * *'

@description('Whether each change of a session writes an event, and events are delivered. Without it there is neither a queue nor a call more.')
param useEvents bool = false

@description('The source that events name: a URI that tells this deployment from others.')
@minLength(1)
param eventSource string = 'urn:sessions'

@description('Receivers of events, with the names of the vault entries that hold their secrets. They count only with useEvents.')
@maxLength(20)
param eventTargets EventTargetEntry[] = []

@description('Whether events are published to an Event Grid topic of this deployment, by the identity of the app. It counts only with useEvents.')
param useEventTopic bool = false

@description('When events are looked for whose hint in the queue was lost, or that are tried again, as NCRONTAB in UTC.')
@minLength(9)
param eventSchedule string = '0 * * * * *'

@description('Header in which a front end of your own tells the client\'s address, such as X-Azure-SocketIP behind Front Door. It must set the header on every request, and nothing else may reach the app. Empty: CLIENT-IP, which the front end of the platform sets.')
@maxLength(64)
param clientAddressHeader string = ''

@description('Further options of the API by configuration key with __ between the parts, for example {"Sessions__MaxSessionsPerUser": "20"}. Not for secrets: name those as Key Vault references.')
param settings object = {}

@description('Whether tables, cache and vault are reached through private endpoints in a network of their own and are closed to the internet.')
param privateNetworking bool = false

@description('Address space of that network: a /22 or larger.')
param addressPrefix string = '10.40.0.0/22'

@description('Days the logs are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('Most gigabytes of logs a day; what exceeds it is dropped until midnight UTC. -1 is no limit.')
@minValue(-1)
@maxValue(100)
param logDailyQuotaGb int = 5

@description('Whether each write to the session tables is logged with who made it: for an investigation. About a gigabyte for every million writes.')
param logTableWrites bool = false

@description('Who is mailed when an alert fires. Empty: alerts show in the portal only.')
@maxLength(10)
param alertEmails string[] = []

@description('Alert when the oldest due session has waited longer than this for the purge.')
@minValue(15)
@maxValue(1440)
param purgeBacklogMinutes int = 60

@description('Alert when more than this share of requests answers 5xx.')
@minValue(1)
@maxValue(100)
param serverErrorPercent int = 5

@description('Alert when more revocations than this are answered 202 within five minutes. At 0 a single one counts.')
@minValue(0)
@maxValue(10000)
param acceptedRevocations int = 0

@description('Alert when the oldest undelivered event has waited longer than this.')
@minValue(2)
@maxValue(1440)
param eventDelayMinutes int = 5

var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = {
  'azd-env-name': environmentName
}
var tableNames = ['sessions', 'sessiondue']
var packageContainer = 'packages'
var eventQueue = 'session-events'

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: empty(resourceGroupName) ? 'rg-${environmentName}' : resourceGroupName
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: {
    name: 'id-${token}'
    location: location
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    workspaceName: 'log-${token}'
    componentName: 'appi-${token}'
    location: location
    tags: tags
    retentionDays: logRetentionDays
    dailyQuotaGb: logDailyQuotaGb
  }
}

// The tables have an account of their own: the host's blob role, its lease traffic and its packages stay away from them,
// and the 20,000 entities a second that an account serves belong to sessions alone.
module tables 'modules/storage.bicep' = {
  scope: group
  params: {
    name: 'stdata${token}'
    location: location
    tags: tags
    sku: tableRedundancy
    tables: tableNames
    logTableWrites: logTableWrites
    publicAccess: !privateNetworking
    lock: protectFromDeletion
    workspaceId: monitoring.outputs.workspaceId
  }
}

module hostStorage 'modules/storage.bicep' = {
  scope: group
  params: {
    name: 'sthost${token}'
    location: location
    tags: tags
    sku: 'Standard_ZRS'
    containers: [packageContainer]
    queues: useEvents ? [eventQueue] : []
    publicAccess: !privateNetworking
    lock: false
    workspaceId: monitoring.outputs.workspaceId
  }
}

module topic 'modules/event-topic.bicep' = if (useEvents && useEventTopic) {
  scope: group
  params: {
    name: 'evgt-${token}'
    location: location
    tags: tags
    publicAccess: !privateNetworking
    workspaceId: monitoring.outputs.workspaceId
  }
}

module vault 'modules/vault.bicep' = {
  scope: group
  params: {
    name: 'kv-${token}'
    location: location
    tags: tags
    publicAccess: !privateNetworking
    lock: protectFromDeletion
    workspaceId: monitoring.outputs.workspaceId
  }
}

module cache 'modules/cache.bicep' = if (useCache) {
  scope: group
  params: {
    name: 'redis-${token}'
    location: location
    tags: tags
    sku: cacheSku
    replica: cacheReplica
    publicAccess: !privateNetworking
    principalId: identity.outputs.principalId
    workspaceId: monitoring.outputs.workspaceId
  }
}

module network 'modules/network.bicep' = if (privateNetworking) {
  scope: group
  params: {
    name: 'vnet-${token}'
    location: location
    tags: tags
    addressPrefix: addressPrefix
    workspaceId: monitoring.outputs.workspaceId
  }
}

module tableEndpoint 'modules/private-endpoint.bicep' = if (privateNetworking) {
  scope: group
  params: {
    name: 'pep-tables-${token}'
    location: location
    tags: tags
    targetId: tables.outputs.id
    groupId: 'table'
    zoneName: 'privatelink.table.${environment().suffixes.storage}'
    networkId: privateNetworking ? network!.outputs.id : ''
    subnetId: privateNetworking ? network!.outputs.endpointSubnetId : ''
  }
}

module hostEndpoint 'modules/private-endpoint.bicep' = if (privateNetworking) {
  scope: group
  params: {
    name: 'pep-host-${token}'
    location: location
    tags: tags
    targetId: hostStorage.outputs.id
    groupId: 'blob'
    zoneName: 'privatelink.blob.${environment().suffixes.storage}'
    networkId: privateNetworking ? network!.outputs.id : ''
    subnetId: privateNetworking ? network!.outputs.endpointSubnetId : ''
  }
}

module queueEndpoint 'modules/private-endpoint.bicep' = if (privateNetworking && useEvents) {
  scope: group
  params: {
    name: 'pep-queue-${token}'
    location: location
    tags: tags
    targetId: hostStorage.outputs.id
    groupId: 'queue'
    zoneName: 'privatelink.queue.${environment().suffixes.storage}'
    networkId: privateNetworking ? network!.outputs.id : ''
    subnetId: privateNetworking ? network!.outputs.endpointSubnetId : ''
  }
}

module topicEndpoint 'modules/private-endpoint.bicep' = if (privateNetworking && useEvents && useEventTopic) {
  scope: group
  params: {
    name: 'pep-topic-${token}'
    location: location
    tags: tags
    targetId: useEvents && useEventTopic ? topic!.outputs.id : ''
    groupId: 'topic'
    zoneName: 'privatelink.eventgrid.azure.net'
    networkId: privateNetworking ? network!.outputs.id : ''
    subnetId: privateNetworking ? network!.outputs.endpointSubnetId : ''
  }
}

module vaultEndpoint 'modules/private-endpoint.bicep' = if (privateNetworking) {
  scope: group
  params: {
    name: 'pep-vault-${token}'
    location: location
    tags: tags
    targetId: vault.outputs.id
    groupId: 'vault'
    zoneName: 'privatelink.vaultcore.azure.net'
    networkId: privateNetworking ? network!.outputs.id : ''
    subnetId: privateNetworking ? network!.outputs.endpointSubnetId : ''
  }
}

module cacheEndpoint 'modules/private-endpoint.bicep' = if (privateNetworking && useCache) {
  scope: group
  params: {
    name: 'pep-redis-${token}'
    location: location
    tags: tags
    targetId: useCache ? cache!.outputs.id : ''
    groupId: 'redisEnterprise'
    zoneName: 'privatelink.redis.azure.net'
    networkId: privateNetworking ? network!.outputs.id : ''
    subnetId: privateNetworking ? network!.outputs.endpointSubnetId : ''
  }
}

module consolePages 'modules/console.bicep' = if (consoleSite) {
  scope: group
  params: {
    name: 'stapp-${token}'
    location: consoleLocation
    tags: tags
  }
}

module roles 'modules/roles.bicep' = {
  scope: group
  params: {
    principalId: identity.outputs.principalId
    tablesName: tables.outputs.name
    hostStorageName: hostStorage.outputs.name
    vaultName: vault.outputs.name
    componentName: monitoring.outputs.componentName
    useQueue: useEvents
    useTopic: useEvents && useEventTopic
    topicName: useEvents && useEventTopic ? topic!.outputs.name : 'none'
  }
}

module api 'modules/function-app.bicep' = {
  scope: group
  params: {
    name: 'func-${token}'
    planName: 'plan-${token}'
    location: location
    tags: union(tags, { 'azd-service-name': 'api' })
    identityId: identity.outputs.id
    clientId: identity.outputs.clientId
    hostStorageName: hostStorage.outputs.name
    packageContainerUrl: '${hostStorage.outputs.blobEndpoint}${packageContainer}'
    tableEndpoint: tables.outputs.tableEndpoint
    cacheEndpoint: useCache ? cache!.outputs.endpoint : ''
    vaultUri: vault.outputs.uri
    keyRing: keyRing
    passportRing: passportRing
    services: services
    entraTenantId: entraTenantId
    entraAudiences: entraAudiences
    consoleOrigin: consoleSite ? consolePages!.outputs.origin : ''
    clientAddressHeader: clientAddressHeader
    componentName: monitoring.outputs.componentName
    purgeSchedule: purgeSchedule
    rebuildSchedule: rebuildSchedule
    useEvents: useEvents
    eventSource: eventSource
    eventTargets: eventTargets
    eventTopicEndpoint: useEvents && useEventTopic ? topic!.outputs.endpoint : ''
    eventTopicIsPrivate: privateNetworking
    eventQueue: eventQueue
    eventSchedule: eventSchedule
    settings: settings
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyInstances: alwaysReadyInstances
    perInstanceConcurrency: perInstanceConcurrency
    zoneRedundant: zoneRedundant
    updateStrategy: updateStrategy
    subnetId: privateNetworking ? network!.outputs.appSubnetId : ''
    workspaceId: monitoring.outputs.workspaceId
  }
  // The app starts with its roles granted and its names resolvable, or it would start in vain.
  dependsOn: [roles, tableEndpoint, hostEndpoint, queueEndpoint, topicEndpoint, vaultEndpoint, cacheEndpoint]
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    name: token
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    tablesId: tables.outputs.id
    cacheId: useCache ? cache!.outputs.id : ''
    emails: alertEmails
    purgeBacklogMinutes: purgeBacklogMinutes
    serverErrorPercent: serverErrorPercent
    acceptedRevocations: acceptedRevocations
    useEvents: useEvents
    eventDelayMinutes: eventDelayMinutes
  }
}

@description('The resource group.')
output AZURE_RESOURCE_GROUP string = group.name

@description('Name of the function app.')
output AZURE_FUNCTION_NAME string = api.outputs.name

@description('Where the API answers.')
output SESSION_API_URL string = 'https://${api.outputs.hostName}/api'

@description('Name of the static site of the console; empty without one.')
output SESSION_CONSOLE_NAME string = consoleSite ? consolePages!.outputs.name : ''

@description('Where the console is; empty without a site of its own.')
output SESSION_CONSOLE_URL string = consoleSite ? consolePages!.outputs.origin : ''

@description('Resource id of the vault; the hook after provisioning creates missing keys of the ring in it.')
output SESSION_VAULT_ID string = vault.outputs.id

@description('Resource id of the function app; the same hook makes it refresh its vault references.')
output SESSION_APP_ID string = api.outputs.id

@description('Names of the vault entries the ring refers to, not their values.')
output SESSION_RING_NAMES string = join(map(keyRing, entry => entry.vaultEntry), ',')

@description('Names of the vault entries that hold the keys of passports, not their values.')
output SESSION_PASSPORT_RING_NAMES string = join(map(passportRing, entry => entry.vaultEntry), ',')

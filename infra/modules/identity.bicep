metadata description = 'The identity under which the app reaches everything else.'

@description('Name of the identity.')
param name string

@description('Region.')
param location string

@description('Tags.')
param tags object

// User-assigned: its roles exist before the app does, so the very first start can read its package, its tables and its
// vault references; and an app that is deleted and made again keeps them. A system-assigned one would be born with the app.
resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

@description('Resource id.')
output id string = identity.id

@description('Object id that roles are granted to.')
output principalId string = identity.properties.principalId

@description('Application id that a client names to use this identity.')
output clientId string = identity.properties.clientId

metadata description = 'The operator\'s console as a static site. It holds no secret: what it may do, the API decides on every call.'

@description('Name of the site.')
param name string

@description('Region of the site\'s control plane. Its content is served from every region.')
param location string

@description('Tags.')
param tags object

resource site 'Microsoft.Web/staticSites@2024-11-01' = {
  name: name
  location: location
  tags: tags
  sku: {
    name: 'Standard'
    tier: 'Standard'
  }
  properties: {
    // A preview would be a second console whose origin the API does not let in.
    stagingEnvironmentPolicy: 'Disabled'
    allowConfigFileUpdates: true
    publicNetworkAccess: 'Enabled'
  }
}

@description('Resource id.')
output id string = site.id

@description('Name.')
output name string = site.name

@description('Origin of its pages, as browsers send it.')
output origin string = 'https://${site.properties.defaultHostname}'

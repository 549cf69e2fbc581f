@export()
@description('One entry of the key ring.')
type KeyRingEntry = {
  @description('Number of the key. A later key has a higher number, and a number is never used again for another key.')
  @minValue(1)
  id: int

  @description('Name of the vault entry that holds 32 random bytes in base64.')
  @minLength(1)
  @maxLength(127)
  vaultEntry: string

  @description('Active protects everything new; Read only opens what it has protected.')
  state: 'Active' | 'Read'
}

@export()
@description('One key that signs passports, or has signed them.')
type PassportRingEntry = {
  @description('Name of the vault entry that holds a P-256 private key, PKCS#8 in base64.')
  @minLength(1)
  @maxLength(127)
  vaultEntry: string

  @description('Active signs; Read is only published, so that back ends know it before it signs and after.')
  state: 'Active' | 'Read'
}

@export()
@description('A service that calls with a static key.')
type ServiceEntry = {
  @description('Id that stands in the key: 1 to 32 of a-z, 0-9 and hyphen.')
  @minLength(1)
  @maxLength(32)
  id: string

  @description('Service the key belongs to; it stays the same when its key is replaced.')
  @minLength(1)
  client: string

  @description('SHA-256 of the secret part in 64 lower-case hex digits. It gives nothing away and opens nothing.')
  @minLength(64)
  @maxLength(64)
  hash: string

  @description('What the service may do.')
  @minLength(1)
  scopes: string[]

  @description('First instant the key is not accepted any more, at most 90 days ahead, such as 2030-01-31T00:00:00Z.')
  expiresAt: string
}

@export()
@description('A receiver of events.')
type EventTargetEntry = {
  @description('Name: lower-case letters and digits. What is owed to the receiver is kept under it.')
  @minLength(1)
  @maxLength(40)
  name: string

  @description('Webhook (Standard Webhooks), EventGrid (a topic of another deployment, by the identity of the app, which needs the role EventGrid Data Sender there), or Caep (RFC 8935).')
  kind: 'Webhook' | 'EventGrid' | 'Caep'

  @description('Address that events are posted to: https.')
  @minLength(9)
  url: string

  @description('Types of events that it receives. Absent: all of them; of Caep: those that end a session.')
  types: string[]?

  @description('Name of the vault entry with the secret of the signature: whsec_… of a webhook, the P-256 key (PKCS#8 in base64) of Caep.')
  secretEntry: string?

  @description('Name of the vault entry with the former secret of a webhook, while its receiver changes.')
  previousSecretEntry: string?

  @description('Name of the vault entry with the header Authorization of Caep.')
  authorizationEntry: string?

  @description('Claim iss of Caep: an https URL.')
  issuer: string?

  @description('Claim aud of Caep.')
  audience: string?
}

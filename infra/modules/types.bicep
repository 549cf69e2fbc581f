@export()
@description('One entry of the key ring.')
type KeyRingEntry = {
  @description('Number of the key. A later key has a higher number, and a number is never used again for another key.')
  @minValue(1)
  id: int

  @description('Name of the Key Vault secret that holds 32 random bytes in base64.')
  @minLength(1)
  @maxLength(127)
  vaultEntry: string

  @description('Active protects everything new; Read only opens what it has protected.')
  state: 'Active' | 'Read'
}

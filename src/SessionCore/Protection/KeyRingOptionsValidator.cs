using Microsoft.Extensions.Options;

namespace SessionCore.Protection;

[OptionsValidator]
internal sealed partial class KeyRingOptionsValidator : IValidateOptions<KeyRingOptions>;

using Microsoft.Extensions.Options;

namespace SessionApi.Entra;

[OptionsValidator]
internal sealed partial class EntraOptionsValidator : IValidateOptions<EntraOptions>;

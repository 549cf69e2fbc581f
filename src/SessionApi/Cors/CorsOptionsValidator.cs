using Microsoft.Extensions.Options;

namespace SessionApi.Cors;

[OptionsValidator]
internal sealed partial class CorsOptionsValidator : IValidateOptions<CorsOptions>;

using Microsoft.Extensions.Options;

namespace SessionApi.Limits;

[OptionsValidator]
internal sealed partial class RateLimitOptionsValidator : IValidateOptions<RateLimitOptions>;

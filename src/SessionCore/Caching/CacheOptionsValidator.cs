using Microsoft.Extensions.Options;

namespace SessionCore.Caching;

[OptionsValidator]
internal sealed partial class CacheOptionsValidator : IValidateOptions<CacheOptions>;

using Microsoft.Extensions.Options;

namespace SessionCore.Maintenance;

[OptionsValidator]
internal sealed partial class MaintenanceOptionsValidator : IValidateOptions<MaintenanceOptions>;

using Microsoft.Extensions.Options;

namespace SessionCore.Tables;

[OptionsValidator]
internal sealed partial class TableStorageOptionsValidator : IValidateOptions<TableStorageOptions>;

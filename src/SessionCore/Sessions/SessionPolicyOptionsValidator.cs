using Microsoft.Extensions.Options;

namespace SessionCore.Sessions;

[OptionsValidator]
internal sealed partial class SessionPolicyOptionsValidator : IValidateOptions<SessionPolicyOptions>;

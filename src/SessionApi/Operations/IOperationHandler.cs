using SessionApi.Callers;
using SessionApi.Http;

namespace SessionApi.Operations;

/// <summary>Handler of an operation. The dispatcher has checked credential, permission, query and limits.</summary>
internal interface IOperationHandler
{
    /// <summary>Writes the answer, or writes nothing and returns the problem.</summary>
    ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken);
}

using SessionApi.Callers;
using SessionApi.Http;

namespace SessionApi.Operations;

/// <summary>Does what an operation is for. The dispatcher has checked credential, permission, query and limits before.</summary>
internal interface IOperationHandler
{
    /// <summary>Writes the answer, or returns the problem to answer with; then it has written nothing.</summary>
    ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken);
}

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Which of the platform's keys an HTTP trigger asks for.</summary>
public enum AuthorizationLevel
{
    /// <summary>None: the function authenticates its callers itself.</summary>
    Anonymous = 0,
}

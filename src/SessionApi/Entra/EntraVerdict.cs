using SessionApi.Callers;

namespace SessionApi.Entra;

/// <summary>What a presented token came to: who calls, nobody, or (undecided) that it cannot be told now.</summary>
internal readonly record struct EntraVerdict(Caller? Caller, bool IsUndecided)
{
    public static EntraVerdict Refused => default;

    public static EntraVerdict Of(Caller? caller) => new(caller, IsUndecided: false);

    public static EntraVerdict Undecided => new(null, IsUndecided: true);
}

using Microsoft.AspNetCore.Authentication;
using SessionFunctions.Client;

namespace SessionFunctions.AspNetCore.Authentication;

/// <summary>Facts of a sign-in, told with its properties.</summary>
public static class SessionPropertiesExtensions
{
    private const string Level = "sessions.assurance-level";
    private const string Methods = "sessions.authentication-methods";
    private const string Label = "sessions.device-label";
    private const string Actor = "sessions.actor";
    private const string Reason = "sessions.reason";

    /// <summary>Says how strongly the user was authenticated. Without it the default of the API holds.</summary>
    public static AuthenticationProperties SetAssuranceLevel(this AuthenticationProperties properties, AssuranceLevel level) =>
        properties.With(Level, level);

    /// <summary>Says how strongly the user was authenticated.</summary>
    /// <param name="properties">The properties.</param>
    /// <param name="level"><c>aal1</c>, <c>aal2</c> or <c>aal3</c>.</param>
    public static AuthenticationProperties SetAssuranceLevel(this AuthenticationProperties properties, string level) =>
        properties.SetAssuranceLevel(SignInText.ParseLevel(level));

    /// <summary>
    /// Says which methods the user was authenticated with (RFC 8176), such as <c>pwd</c> and <c>otp</c>: at most 8. Without it they are the
    /// claims <c>amr</c> of the principal.
    /// </summary>
    public static AuthenticationProperties SetAuthenticationMethods(this AuthenticationProperties properties, params string[] methods) =>
        properties.With(Methods, methods);

    /// <summary>Names the device in the user's list: at most 128 characters. Without it the name follows from the browser.</summary>
    public static AuthenticationProperties SetDeviceLabel(this AuthenticationProperties properties, string label) => properties.With(Label, label);

    /// <summary>Says that somebody else acts as the user, and why. The user sees both.</summary>
    public static AuthenticationProperties SetActor(this AuthenticationProperties properties, string sub, string reason) =>
        properties.With(Actor, new SessionActor { Sub = sub, Reason = reason });

    /// <summary>Says why a sign-out ends the session: kebab-case, at most 64 characters. <c>signed-out</c> without it.</summary>
    public static AuthenticationProperties SetEndReason(this AuthenticationProperties properties, string reason) => properties.With(Reason, reason);

    internal static AssuranceLevel? AssuranceLevel(this AuthenticationProperties properties) => properties.GetParameter<AssuranceLevel?>(Level);

    internal static IReadOnlyList<string>? AuthenticationMethods(this AuthenticationProperties properties) => properties.GetParameter<string[]>(Methods);

    internal static string? DeviceLabel(this AuthenticationProperties properties) => properties.GetParameter<string>(Label);

    internal static SessionActor? ActorOfUser(this AuthenticationProperties properties) => properties.GetParameter<SessionActor>(Actor);

    internal static string? EndReason(this AuthenticationProperties properties) => properties.GetParameter<string>(Reason);

    // Parameters belong to the call and are not kept, unlike items.
    private static AuthenticationProperties With<T>(this AuthenticationProperties properties, string name, T value)
    {
        ArgumentNullException.ThrowIfNull(properties);
        ArgumentNullException.ThrowIfNull(value);
        properties.SetParameter(name, value);
        return properties;
    }
}

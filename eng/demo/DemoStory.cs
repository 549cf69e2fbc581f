using System.Globalization;
using SessionCore.Sessions;

namespace Demo;

/// <summary>What users did in a week: the same for every run, but for its times, which count back from now.</summary>
internal sealed class DemoStory
{
    /// <summary>The network that the incident comes from.</summary>
    public const string IncidentNetwork = "203.0.113.0/24";

    private const int Seed = 20_261_128;
    private const int Days = 7;
    private const int MostSignIns = 3;
    private const int MostIncidentSignIns = 40;

    private static readonly string[] FirstNames =
        ["ada", "ben", "chloe", "dario", "elif", "finn", "grace", "hugo", "ines", "jonas", "kira", "leo", "mia", "noah", "olga", "pablo", "quinn", "rosa", "sven", "tara"];

    private static readonly string[] LastNames =
        ["abbott", "berg", "costa", "dubois", "eriksen", "fischer", "garcia", "huang", "ito", "jensen", "kaya", "lopez", "meyer", "novak", "okafor", "patel", "rossi", "silva", "tanaka", "weber"];

    private static readonly string[] Agents =
    [
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
        "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
    ];

    private static readonly string[][] Methods = [["pwd"], ["pwd"], ["pwd", "otp", "mfa"], ["pwd", "sms", "mfa"], ["hwk", "user", "mfa"], []];
    private static readonly string[] Clients = ["web", "web", "web", "mobile", "admin"];
    private static readonly string[] Reasons = [EndReasons.SignedOut, EndReasons.SignedOut, EndReasons.SignedOut, "password-changed", "lost-device", "admin"];

    private readonly Random _dice = new(Seed);
    private readonly DateTimeOffset _now;
    private readonly int _users;
    private readonly List<DemoSignIn> _signIns = [];

    private DemoStory(DateTimeOffset now, int users)
    {
        _now = now;
        _users = users;
    }

    /// <summary>Tells the story.</summary>
    /// <returns>The sign-ins, oldest first.</returns>
    public static IReadOnlyList<DemoSignIn> Tell(DateTimeOffset now, int users)
    {
        var story = new DemoStory(now, users);
        for (var user = 0; user < users; user++)
        {
            story.AddUser(user);
        }

        story.AddIncident();
        return [.. story._signIns.OrderBy(signIn => signIn.At)];
    }

    /// <summary>The number of sign-ins of the incident.</summary>
    public static int IncidentSignIns(int users) => Math.Min(users, MostIncidentSignIns);

    /// <summary>The id of a user.</summary>
    public static string UserId(int user) => string.Create(
        CultureInfo.InvariantCulture,
        $"{FirstNames[user % FirstNames.Length]}.{LastNames[user / FirstNames.Length % LastNames.Length]}{user / (FirstNames.Length * LastNames.Length)}@example.com");

    private void AddUser(int user)
    {
        var agent = Agents[_dice.Next(Agents.Length)];
        var address = AddressOf(user);
        for (var i = _dice.Next(MostSignIns); i >= 0; i--)
        {
            // Most have one device, some have two.
            var device = _dice.Next(4) == 0 ? Agents[_dice.Next(Agents.Length)] : agent;
            _signIns.Add(SignIn(user, At(), device, address));
        }
    }

    // The same program signs in as many users from one network, last night.
    private void AddIncident()
    {
        for (var i = 0; i < IncidentSignIns(_users); i++)
        {
            var at = _now - TimeSpan.FromHours(9) + TimeSpan.FromMinutes(i);
            var address = string.Create(CultureInfo.InvariantCulture, $"203.0.113.{_dice.Next(1, 255)}");
            _signIns.Add(new DemoSignIn(UserId(_dice.Next(_users)), at, "curl/8.5.0", address, ["pwd"], AssuranceLevel.Aal1, "web", IsPersistent: false, EndsAt: null, Reason: "", SeenAt: at));
        }
    }

    private DemoSignIn SignIn(int user, DateTimeOffset at, string agent, string address)
    {
        var methods = Methods[_dice.Next(Methods.Length)];
        var isPersistent = _dice.Next(3) == 0;
        var isEnding = _dice.Next(5) < 2;
        var level = methods.Contains("mfa") && !isPersistent && _dice.Next(2) == 0 ? AssuranceLevel.Aal2 : AssuranceLevel.Aal1;

        // Nobody signs out of a session that has lapsed: at the higher level that takes an hour without activity.
        var endsAt = at + TimeSpan.FromMinutes(_dice.Next(2, level is AssuranceLevel.Aal2 ? 55 : 600));
        var seenAt = at + ((_now - at) * _dice.NextDouble());
        return new DemoSignIn(
            UserId(user),
            at,
            agent,
            address,
            methods,
            level,
            Clients[_dice.Next(Clients.Length)],
            isPersistent,
            isEnding && endsAt < _now ? endsAt : null,
            Reasons[_dice.Next(Reasons.Length)],
            seenAt);
    }

    // By day more than by night.
    private DateTimeOffset At()
    {
        while (true)
        {
            var at = _now - TimeSpan.FromMinutes(1 + (_dice.NextDouble() * Days * 24 * 60));
            if (at.Hour is >= 7 and < 22 || _dice.Next(5) == 0)
            {
                return at;
            }
        }
    }

    private string AddressOf(int user) => _dice.Next(6) == 0
        ? string.Create(CultureInfo.InvariantCulture, $"2001:db8:{user:x}::{_dice.Next(1, 9)}")
        : string.Create(CultureInfo.InvariantCulture, $"198.51.100.{user % 254 + 1}");
}

/// <summary>A session of the story.</summary>
internal sealed record DemoSignIn(
    string UserId,
    DateTimeOffset At,
    string UserAgent,
    string Address,
    IReadOnlyList<string> Methods,
    AssuranceLevel Level,
    string Client,
    bool IsPersistent,
    DateTimeOffset? EndsAt,
    string Reason,
    DateTimeOffset SeenAt);

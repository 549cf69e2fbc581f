namespace SessionCore.Sessions;

/// <summary>What tells browsers and systems by their user agents. In each table the first entry whose mark the text holds counts.</summary>
/// <remarks>A browser also names those that it imitates: Edge names Chrome and Safari. So the imitator comes first in the table.</remarks>
internal static class UserAgents
{
    public const string InAppBrowser = "In-app browser";
    public const string Safari = "Safari";
    public const string Android = "Android";

    /// <summary>Gets programs that are named without a system: crawlers, tools, libraries, and the libraries of mobile apps.</summary>
    public static (string Mark, string Name)[] Programs { get; } =
    [
        ("Googlebot", "Googlebot"), ("bingbot", "Bingbot"), ("Applebot", "Applebot"), ("YandexBot", "YandexBot"),
        ("DuckDuckBot", "DuckDuckBot"), ("Baiduspider", "Baiduspider"), ("GPTBot", "GPTBot"), ("ClaudeBot", "ClaudeBot"),
        ("facebookexternalhit", "Facebook link preview"), ("Slackbot", "Slackbot"), ("Twitterbot", "Twitterbot"),
        ("WhatsApp/", "WhatsApp link preview"), ("UptimeRobot", "UptimeRobot"),
        ("bot/", "Bot"), ("Bot/", "Bot"), ("bot;", "Bot"), ("Bot;", "Bot"), ("bot)", "Bot"), ("Bot)", "Bot"), ("crawler", "Bot"), ("spider", "Bot"),
        ("curl/", "curl"), ("Wget/", "Wget"), ("HTTPie/", "HTTPie"), ("PowerShell/", "PowerShell"), ("PostmanRuntime/", "Postman"),
        ("insomnia/", "Insomnia"), ("k6/", "k6"), ("python-requests/", "Python"), ("python-httpx/", "Python"), ("Python-urllib/", "Python"),
        ("aiohttp/", "Python"), ("Go-http-client/", "Go"), ("axios/", "Node.js"), ("node-fetch/", "Node.js"), ("undici", "Node.js"),
        ("Deno/", "Deno"), ("Bun/", "Bun"), ("Apache-HttpClient/", "Java"), ("Java-http-client/", "Java"), ("Java/", "Java"),
        ("RestSharp/", ".NET"), ("GuzzleHttp/", "PHP"), ("libwww-perl/", "Perl"), ("reqwest/", "Rust"), ("Faraday v", "Ruby"),
        ("okhttp/", "Android app"), ("Dalvik/", "Android app"), ("CFNetwork/", "App on Apple device"), ("Dart/", "Flutter app"),
    ];

    /// <summary>Gets the browsers, and the apps that show web pages themselves.</summary>
    public static (string Mark, string Name)[] Browsers { get; } =
    [
        ("FBAN/", "Facebook"), ("FBAV/", "Facebook"), ("Instagram ", "Instagram"), ("musical_ly", "TikTok"), ("BytedanceWebview", "TikTok"),
        ("Snapchat/", "Snapchat"), ("Pinterest/", "Pinterest"), ("LinkedInApp", "LinkedIn"), ("MicroMessenger/", "WeChat"), (" Line/", "LINE"),
        ("GSA/", "Google app"), ("Teams/", "Microsoft Teams"), ("Slack/", "Slack"), ("Electron/", "Desktop app"),
        ("Edg/", "Edge"), ("EdgA/", "Edge"), ("EdgiOS/", "Edge"), ("Edge/", "Edge"),
        ("Opera Mini", "Opera Mini"), ("OPiOS/", "Opera Mini"), ("OPR/", "Opera"), ("OPT/", "Opera"), ("OPX/", "Opera"), ("Opera", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"), ("YaBrowser/", "Yandex Browser"), ("Vivaldi/", "Vivaldi"), (" Brave", "Brave"),
        ("DuckDuckGo/", "DuckDuckGo"), ("Ddg/", "DuckDuckGo"), ("UCBrowser/", "UC Browser"), ("QQBrowser/", "QQ Browser"),
        ("MiuiBrowser/", "Mi Browser"), ("HuaweiBrowser/", "Huawei Browser"), ("VivoBrowser/", "Vivo Browser"), ("HeyTapBrowser/", "HeyTap Browser"),
        ("Silk/", "Amazon Silk"), ("Whale/", "Whale"), ("coc_coc_browser/", "Cốc Cốc"), ("OculusBrowser/", "Meta Quest Browser"),
        ("PaleMoon/", "Pale Moon"), ("SeaMonkey/", "SeaMonkey"), ("Waterfox/", "Waterfox"), ("Epiphany/", "GNOME Web"),
        ("Focus/", "Firefox Focus"), ("Klar/", "Firefox Klar"), ("FxiOS/", "Firefox"), ("Firefox/", "Firefox"),
        ("CriOS/", "Chrome"), ("HeadlessChrome/", "Headless Chrome"), ("Chromium/", "Chromium"), ("; wv)", InAppBrowser), ("Chrome/", "Chrome"),
        ("MSIE ", "Internet Explorer"), ("Trident/", "Internet Explorer"),
        ("Scale/", "App"), ("Alamofire/", "App"), ("Safari/", Safari), ("AppleWebKit/", InAppBrowser),
    ];

    /// <summary>Gets the systems and devices.</summary>
    public static (string Mark, string Name)[] Systems { get; } =
    [
        ("Windows Phone", "Windows Phone"), ("Xbox", "Xbox"), ("PlayStation", "PlayStation"), ("Nintendo", "Nintendo"),
        ("iPad", "iPad"), ("iPod", "iPod touch"), ("iPhone", "iPhone"), ("AppleTV", "Apple TV"), ("Apple TV", "Apple TV"),
        ("Windows", "Windows"), ("CrKey", "Chromecast"), ("CrOS", "ChromeOS"), ("KAIOS", "KaiOS"), ("HarmonyOS", "HarmonyOS"), ("OpenHarmony", "HarmonyOS"),
        ("Web0S", "LG TV"), ("SMART-TV", "smart TV"), ("SmartTV", "smart TV"), ("Roku", "Roku"), ("Android TV", "Android TV"), ("BRAVIA", "Android TV"),
        ("; AFT", "Fire TV"), ("Tizen", "Tizen"), ("Android", Android), ("Macintosh", "macOS"), ("Mac OS X", "macOS"),
        ("FreeBSD", "FreeBSD"), ("OpenBSD", "OpenBSD"), ("Linux", "Linux"), ("X11", "Linux"),
    ];

    /// <summary>Gets the names in <c>Sec-CH-UA</c>. Browsers list whom they are made from too.</summary>
    public static (string Mark, string Name)[] Brands { get; } =
    [
        ("\"Microsoft Edge WebView2\"", InAppBrowser), ("\"Android WebView\"", InAppBrowser), ("\"Microsoft Edge\"", "Edge"), ("\"Opera", "Opera"),
        ("\"Brave\"", "Brave"), ("\"Samsung Internet\"", "Samsung Internet"), ("\"Vivaldi\"", "Vivaldi"), ("\"YaBrowser\"", "Yandex Browser"),
        ("\"Yandex\"", "Yandex Browser"), ("\"DuckDuckGo\"", "DuckDuckGo"), ("\"Whale\"", "Whale"), ("\"Oculus Browser\"", "Meta Quest Browser"),
        ("\"HeadlessChrome\"", "Headless Chrome"), ("\"Google Chrome\"", "Chrome"),
    ];

    /// <summary>Gets the names in <c>Sec-CH-UA-Platform</c>.</summary>
    public static (string Mark, string Name)[] Platforms { get; } =
    [
        ("\"Android\"", Android), ("\"Windows\"", "Windows"), ("\"macOS\"", "macOS"), ("\"Chrome OS\"", "ChromeOS"), ("\"Chromium OS\"", "ChromeOS"),
        ("\"Linux\"", "Linux"), ("\"Fuchsia\"", "Fuchsia"),
    ];
}

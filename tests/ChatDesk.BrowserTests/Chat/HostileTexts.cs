namespace ChatDesk.BrowserTests.Chat;

/// <summary>Texts that run a script in a page that is careless: elements with handlers, addresses, and ways out of quotes, JSON and Markdown.</summary>
internal static class HostileTexts
{
    private const string Run = "alert(1)";

    private static readonly string[] Elements =
    [
        "<script>{0}</script>", "<ScRiPt>{0}</sCrIpT>", "<script src=//127.0.0.1:9/x.js></script>", "<script type=module>{0}</script>", "<scr<script>ipt>{0}</scr</script>ipt>",
        "<img src=x onerror={0}>", "<img src=x onerror='{0}'>", "<IMG SRC=x OnErRoR=\"{0}\">", "<img/src=x/onerror={0}>", "<img src=x:x onerror\n={0}>", "<img srcset=x onerror={0}>",
        "<svg onload={0}>", "<svg/onload={0}>", "<svg><script>{0}</script></svg>", "<svg><animate onbegin={0} attributeName=x dur=1s>", "<svg><a xlink:href='javascript:{0}'><text y=20>x</text></a></svg>",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror={0}&gt;\">", "<math href='javascript:{0}'>x</math>",
        "<iframe src='javascript:{0}'></iframe>", "<iframe srcdoc='&lt;script&gt;parent.{0}&lt;/script&gt;'></iframe>", "<object data='javascript:{0}'></object>", "<embed src='javascript:{0}'>",
        "<body onload={0}>", "<input autofocus onfocus={0}>", "<select autofocus onfocus={0}>", "<textarea autofocus onfocus={0}>", "<details open ontoggle={0}>", "<video><source onerror={0}></video>",
        "<audio src=x onerror={0}>", "<marquee onstart={0}>", "<form action='javascript:{0}'><button>x</button></form>", "<button formaction='javascript:{0}' form=f>x</button>", "<isindex action='javascript:{0}'>",
        "<link rel=stylesheet href='data:text/css,*{{color:red}}'>", "<link rel=import href='data:text/html,<script>{0}</script>'>", "<style>@import 'javascript:{0}';</style>", "<style>*{{x:expression({0})}}</style>",
        "<base href='javascript:/a/-{0}//'>", "<meta http-equiv=refresh content='0;url=javascript:{0}'>", "<template><script>{0}</script></template>", "<noscript><p title=\"</noscript><img src=x onerror={0}>\">",
        "<a href='javascript:{0}'>x</a>", "<a href='&#106;avascript:{0}'>x</a>", "<a href=' javascript:{0}'>x</a>", "<p style='background:url(javascript:{0})'>x</p>", "<div onmouseover={0} style='position:fixed;inset:0'>x</div>",
        "<x onclick={0} tabindex=1 autofocus onfocus={0}>x</x>", "<keygen autofocus onfocus={0}>", "<portal src='javascript:{0}'>", "<dialog open onclose={0}><form method=dialog><button autofocus>x</button></form></dialog>",
    ];

    private static readonly string[] Addresses =
    [
        "javascript:{0}", "JaVaScRiPt:{0}", " javascript:{0}", "java\tscript:{0}", "java\nscript:{0}", "javascript:%61lert(1)", "javascript://127.0.0.1/%0a{0}", "data:text/html,<script>{0}</script>",
        "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==", "data:image/svg+xml,<svg onload={0}>", "vbscript:msgbox(1)", "blob:javascript:{0}", "view-source:javascript:{0}", "https://x\" onmouseover=\"{0}", "https://x'onclick='{0}",
    ];

    private static readonly string[] WaysOut =
    [
        "[x](javascript:{0})", "[x](data:text/html,<script>{0}</script>)", "![x](javascript:{0})", "![x\" onerror=\"{0}](x)", "[x](https://y\"onmouseover=\"{0})", "<javascript:{0}>", "`<img src=x onerror={0}>`", "**<img src=x onerror={0}>**",
        "\"><img src=x onerror={0}>", "'-{0}-'", "\";{0};//", "</script><script>{0}</script>", "</textarea><script>{0}</script>", "<!--<img src=\"--><img src=x onerror={0}//\">", "{{{{constructor.constructor('{0}')()}}}}",
    ];

    /// <summary>Eighty, each calling <c>alert(1)</c>.</summary>
    public static IEnumerable<string> All => Elements.Concat(Addresses).Concat(WaysOut)
        .Select(p => p.Replace("{0}", Run, StringComparison.Ordinal).Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal));
}

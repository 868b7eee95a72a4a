"""What WCAG 2.2 AA asks of a page, as far as a program can see it."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import NARROW, WIDE

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_CONTROLS = """() => {
  const all = document.querySelectorAll(
    "main a[href], main button, main input, main select, main textarea, main summary, main [tabindex='0']");
  window.wanted = [...all].filter((one) => one.checkVisibility() && !one.disabled && one.tabIndex >= 0
    && !(one.type === "radio" && !one.checked));
  return window.wanted.length;
}"""
_FOCUS = """() => {
  const one = document.activeElement, style = getComputedStyle(one);
  const seen = style.outlineStyle !== "none" || style.boxShadow !== "none";
  const inside = !one.matches(":focus");  // a part of it has the focus, and its own ring: a date's calendar
  return [window.wanted.indexOf(one), one === document.body || inside || seen];
}"""
_TOO_WIDE = "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"


def barriers(page: Page) -> list[str]:
    """What axe finds wrong at both widths, and whether the page is to be scrolled sideways on a small one."""
    found: list[str] = []
    for width, height in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": height})
        result = Axe().run(page, options={"resultTypes": ["violations"], "runOnly": RULES})
        found += [
            f"{width} px: {wrong['id']}: {node['html'][:200]} {node['failureSummary']}"
            for wrong in result.response["violations"]
            for node in wrong["nodes"][:5]
        ]
    wider = page.evaluate(_TOO_WIDE)
    return [*found, f"{wider} px too wide"] if wider > 0 else found


def unreached(page: Page) -> list[str]:
    """Links, buttons and fields of a page that Tab does not come to; the focus must always be to be seen."""
    left = set(range(page.evaluate(_CONTROLS)))
    assert left
    page.locator("main").focus()
    for _ in range(4 * len(left) + 20):  # a date is three stops
        page.keyboard.press("Tab")
        found, seen = page.evaluate(_FOCUS)
        assert seen, found
        left.discard(found)
        if not left:
            break
    script = "numbers => numbers.map((one) => window.wanted[one].outerHTML.slice(0, 200))"
    names: list[str] = page.evaluate(script, [*left])
    return names

"""What WCAG 2.2 AA asks of a page, as far as a program can see it."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import NARROW, WIDE

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
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

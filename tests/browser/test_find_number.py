"""The public page: a country, its number, and when somebody answers."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Opened


def test_the_list_follows_what_is_typed(opened: Opened) -> None:
    """Typing a country, in any spelling of the reader's language, narrows the list to it at once."""
    page = opened()
    page.goto("/lines")
    box = page.get_by_label("Country, country code or calling code")
    box.fill("ital")
    entries = page.get_by_role("region").get_by_role("listitem").filter(visible=True)
    expect(entries).to_have_count(1)
    expect(entries).to_contain_text("Italy")
    box.fill("cote divoire")
    expect(entries).to_contain_text("Côte d’Ivoire")
    box.fill("qqq")
    expect(page.get_by_text("No country matches. Check the spelling.")).to_be_visible()
    box.fill("+39")
    box.press("Enter")
    found = page.get_by_role("region", name="Search results")
    expect(found.get_by_role("link", name="Italy")).to_be_visible()
    assert page.context.cookies() == []


def test_a_country_has_a_number_to_touch(opened: Opened) -> None:
    """A country's page has a tel: link, charges, both desks' week, what to have at hand, on both clocks."""
    page = opened(size=(400, 800))
    answer = page.goto("/lines/IT?lang=en&zone=Asia/Tokyo")
    assert answer is not None
    assert "max-age" in answer.headers["cache-control"]
    assert "set-cookie" not in answer.headers
    expect(page.get_by_role("link", name="Call 800 917 919")).to_have_attribute("href", re.compile(r"^tel:"))
    main = page.get_by_role("main")
    for words in ("Local time (Rome)", "Your time (Tokyo)", "account number"):
        expect(main).to_contain_text(words)
    for title in ("Hours of this week: Technical", "Hours of this week: Billing"):
        expect(page.get_by_role("table", name=re.compile(title)).get_by_role("row")).to_have_count(8)
    expect(main.get_by_text("Open now").or_(main.get_by_text("Closed now")).first).to_be_visible()
    expect(page.get_by_role("heading", name="What to have at hand")).to_be_visible()


def test_the_readers_clock_is_shown_by_the_browser(opened: Opened) -> None:
    """Without being asked, the page adds the times of the reader's own clock."""
    page = opened()  # a browser in Rome
    page.goto("/lines/JP?lang=en")
    expect(page.get_by_text("Your time (Rome)").first).to_be_visible()


def test_each_reader_gets_their_language(opened: Opened) -> None:
    """The browser's language decides, a link of the page chooses another, and unknown ones get English."""
    titles = {
        "it-IT": "Trovi il Suo numero",
        "de-AT": "Ihre Rufnummer finden",
        "tlh": "Find your number",
    }
    for locale, title in titles.items():
        page = opened(locale=locale)
        page.goto("/lines")
        assert page.get_by_role("heading", level=1).inner_text() == title, locale
        assert page.locator("html").get_attribute("lang") == locale[:2].replace("tl", "en")
    page = opened(locale="it-IT")
    page.goto("/lines/IT")
    page.get_by_role("link", name="polski").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Włochy")


def test_it_works_without_javascript(opened: Opened) -> None:
    """The search form, the country's page and the choice of a clock need no scripts."""
    page = opened(javascript=False)
    page.goto("/lines?lang=en")
    page.get_by_label("Country, country code or calling code").fill("germany")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("region", name="Search results").get_by_role("link", name="Germany").first.click()
    page.get_by_label("Your time zone").select_option("Asia/Tokyo")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("main")).to_contain_text("Your time (Tokyo)")
    expect(page.get_by_role("link", name=re.compile("^Call ")).first).to_be_visible()


def test_a_country_without_a_line_says_what_to_do(opened: Opened) -> None:
    """Where there is no number, the page says what to do instead; an unknown country is a plain 404."""
    page = opened()
    page.goto("/lines/NP?lang=en")
    expect(page.get_by_role("main")).to_contain_text("There is no number to call for this country.")
    answer = page.goto("/lines/QQ?lang=en")
    assert answer is not None
    assert answer.status == 404

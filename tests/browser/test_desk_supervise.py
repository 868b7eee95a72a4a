"""Several at the desk: two agents and one caller, a transfer, and a supervisor who watches and steps in."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.centre import QUEUE, Centre
from tests.browser.test_desk import card

ATELIER = "20250117"


def queue_row(page: Page, queue: str = QUEUE) -> Locator:
    """The numbers of a queue, as a supervisor sees them."""
    return page.locator("#numbers").get_by_role("row").filter(has=page.get_by_role("rowheader", name=queue))


def verified(centre: Centre, page: Page) -> None:
    """Have a code sent to the caller's mail, and type what the caller reads out."""
    page.get_by_label(re.compile("e-mail")).first.check()
    centre.presses(page, "Send; the caller reads it to me")
    page.get_by_label("Code that the caller reads out").fill(centre.inbox.code())
    centre.presses(page, "Check")


def test_two_agents_press_for_the_same_caller(centre: Centre) -> None:
    """One of them gets the caller; the other, a supervisor who chose this very call, hears who was first."""
    first = centre.staffed("agent")
    centre.staffed("supervisor")
    caller, page = centre.waits(), centre.at("agent")
    boss = centre.at("supervisor", javascript=False)  # a board as it was a moment ago
    boss.goto("/desk?still=1")
    centre.presses(page, "Take next")
    centre.presses(boss, "Take Rossi Forniture")
    expect(boss.get_by_text("agent was first to take this call.")).to_be_visible()
    first.answers().presses("1")
    caller.talks_with(first)


def test_a_transfer_to_a_colleague_keeps_the_level(centre: Centre) -> None:
    """The colleague's board says that they are rung, their page at which level the caller is; one leaves."""
    first, second = centre.staffed("agent"), centre.staffed(centre.joins("nora"))
    caller, page = centre.waits(), centre.at("agent")
    centre.talks(page, first)
    verified(centre, page)
    other = centre.at("nora")
    expect(page.get_by_role("button", name="Leave to whoever took over")).to_have_count(0)  # nobody has
    page.get_by_label("To", exact=True).select_option(label="nora")
    centre.presses(page, "Hand on")
    other.get_by_role("link", name="To your call").click()
    expect(card(other)).to_contain_text("verified: by an agent")
    second.answers().presses("1")
    caller.talks_with(first, second)
    centre.presses(page, "Leave to whoever took over")
    expect(page.get_by_role("button", name="End the call")).to_have_count(0)
    caller.talks_with(second)
    expect(other.get_by_role("button", name="End the call")).to_be_visible()
    expect(card(other)).to_contain_text("Rossi Forniture")
    centre.presses(other, "End the call")
    assert second.over


def test_a_transfer_to_a_queue_keeps_the_level(centre: Centre) -> None:
    """The caller waits for another queue's agents with the level shown, and may be taken back meanwhile."""
    first, second = centre.staffed("agent"), centre.staffed(centre.joins("nora"))
    caller, page = centre.waits(), centre.at("agent")
    centre.talks(page, first)
    verified(centre, page)
    page.get_by_label("To", exact=True).select_option("queue:billing-it")
    centre.presses(page, "Hand on")
    expect(page.get_by_text("Waits for an agent of billing-it.")).to_be_visible()
    other = centre.at("nora")
    row = other.get_by_role("row").filter(has_text="billing-it")
    expect(row).to_contain_text("verified: by an agent")
    centre.presses(page, "Take it back")
    expect(row).to_have_count(0)
    page.get_by_label("To", exact=True).select_option("queue:billing-it")
    centre.presses(page, "Hand on")
    centre.talks(other, second)
    caller.talks_with(first, second)
    expect(card(other)).to_contain_text("verified: by an agent")


def test_a_supervisor_sees_the_queues_as_they_are(centre: Centre) -> None:
    """Who waits and since when, who was taken and verified: the numbers change by themselves."""
    person = centre.staffed("agent")
    page, boss = centre.at("agent"), centre.at("supervisor")
    boss.get_by_role("link", name="Supervise").click()
    caller = centre.waits()
    cells = queue_row(boss).get_by_role("cell")
    expect(cells.nth(0)).to_have_text("1")
    expect(cells.nth(1)).to_have_text(re.compile(r"^\d+:\d\d$"))
    centre.talks(page, person)
    expect(cells.nth(0)).to_have_text("0")
    expect(cells.nth(3)).to_have_text("1")
    caller.hangs_up()
    boss.goto("/desk")
    expect(boss.get_by_text("Nobody talks.")).to_be_visible()


def test_a_supervisor_sends_callers_elsewhere(centre: Centre) -> None:
    """Who waits goes along; the press that ends it is there until it is pressed."""
    centre.staffed("agent")
    caller, boss = centre.waits(), centre.at("supervisor")
    boss.goto("/desk/supervise")
    boss.get_by_label("Callers of").select_option(QUEUE)
    boss.get_by_label("go to").select_option("technical-en")
    boss.get_by_label("Why").fill("strike")
    centre.presses(boss, "Send them there")
    expect(boss.get_by_role("status").filter(has_text="Done: it counts from now on.")).to_be_visible()
    caller.waits(30).is_transferred_to("technical-en")
    centre.presses(boss, f"End it {QUEUE}")
    expect(boss.get_by_text(f"Callers of {QUEUE} go to")).to_have_count(0)


def test_a_supervisor_takes_a_chosen_caller(centre: Centre) -> None:
    """Not the first but the second; the first keeps the place."""
    person = centre.staffed("supervisor")
    first, second = centre.waits(), centre.waits(ATELIER, "+390655550101")
    boss = centre.at("supervisor")
    rows = boss.get_by_role("table", name=re.compile("^Who waits")).get_by_role("rowheader")
    expect(rows).to_have_text(["Rossi Forniture", "Atelier Lumen"])
    centre.presses(boss, "Take Atelier Lumen")
    person.answers().presses("1")
    second.talks_with(person)
    first.hears_music()
    boss.goto("/desk")
    expect(rows).to_have_text(["Rossi Forniture"])

"""Which queues an agent serves, and which callers they take, held against the rules written out."""

from hypothesis import given
from hypothesis import strategies as st

from app.handover.skills import Desk, Skills

DEPARTMENTS = st.sampled_from(("technical", "billing"))
LANGUAGES = st.sampled_from(("it", "en", "de"))
DESKS = st.tuples(DEPARTMENTS, LANGUAGES)
SKILLS = st.builds(Skills, st.frozensets(DEPARTMENTS), st.frozensets(LANGUAGES))
QUEUES = st.lists(DESKS, max_size=4)

ITALIAN = Skills(frozenset({"technical"}), frozenset({"it"}))
SHARED = [("technical", "it"), ("technical", "en")]


def test_a_shared_queue_goes_by_the_callers_language() -> None:
    """In a queue of two languages' desks an agent takes callers of their own language only."""
    assert ITALIAN.serves(SHARED)
    assert ITALIAN.takes(SHARED, ("technical", "it"))
    assert not ITALIAN.takes(SHARED, ("technical", "en"))


def test_who_overflowed_is_anybodys() -> None:
    """A caller of another desk is taken by whoever serves the queue; one of no desk, too."""
    assert ITALIAN.takes(SHARED, ("billing", "de"))
    assert ITALIAN.takes(SHARED, ("", ""))
    assert not ITALIAN.takes([("billing", "it")], ("technical", "it"))


@given(SKILLS, DESKS)
def test_a_queue_without_desks_is_everybodys(skills: Skills, desk: Desk) -> None:
    """The fallback's callers are taken by any agent, also one without skills."""
    assert skills.serves([])
    assert skills.takes([], desk)


@given(SKILLS, QUEUES, DESKS)
def test_against_the_rules_written_out(skills: Skills, desks: list[Desk], desk: Desk) -> None:
    """A desk is theirs by department and language both; a queue by one of its desks."""
    theirs = {(department, language) for department in skills.departments for language in skills.languages}
    serves = not desks or bool(theirs & set(desks))
    assert skills.serves(desks) is serves
    assert skills.has(desk) is (desk in theirs)
    assert skills.takes(desks, desk) is (desk in theirs if desk in desks else serves)


@given(SKILLS, QUEUES, DESKS, DEPARTMENTS, LANGUAGES)
def test_more_skills_never_take_fewer(
    skills: Skills, desks: list[Desk], desk: Desk, department: str, language: str
) -> None:
    """Whoever learns something takes whatever they took before."""
    more = Skills(skills.departments | {department}, skills.languages | {language})
    assert more.takes(desks, desk) or not skills.takes(desks, desk)

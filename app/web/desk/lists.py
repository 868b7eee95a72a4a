"""What of a desk's lists is shown: the rows that hold what was searched for, a page at a time."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

from app.ports.handovers import Handover
from app.ports.waiting import Wait
from app.services.agent_desk import Board, Standing
from app.web.country_search import folded
from app.web.pages import Pager
from routing.compiled import RoutingTable
from routing.words import language

_LONGEST = 100  # letters of a search; what is beyond finds nothing anyway
One = TypeVar("One")


@dataclass(frozen=True, slots=True)
class Listed(Generic[One]):
    """A page of a list, and which it is."""

    rows: Sequence[One]
    pager: Pager

    @classmethod
    def of(cls, rows: Sequence[One], args: Mapping[str, str], page: str, per_page: int) -> "Listed[One]":
        """The page that the argument ``page`` of a request names."""
        pager = Pager.of(args, len(rows), per_page, page)
        return cls(rows[pager.offset : pager.offset + pager.limit], pager)


@dataclass(frozen=True, slots=True)
class BoardLists:
    """The board's lists, each a page at a time, by one search."""

    q: str
    waiting: Listed[Standing]
    talks: Listed[Handover]
    later: Listed[Wait]
    messages: Listed[object]


def board_lists(board: Board, args: Mapping[str, str], table: RoutingTable) -> BoardLists:
    """What a request asks to see of a board: ``q``, and a page of each list. ``table`` names countries."""

    def words(row: Wait | Handover) -> list[str]:
        return [*_words(row), table.name(row.territory)]

    text = args.get("q", "")[:_LONGEST].strip()
    waiting = found(board.waiting, text, lambda row: words(row.wait))
    talks = found(board.talks, text, lambda talk: [*words(talk), *(leg.name for leg in talk.legs)])
    messages = found(
        board.voicemails, text, lambda one: (one.organisation_name, one.queue, table.name(one.territory))
    )
    return BoardLists(
        q=text,
        waiting=Listed.of(waiting, args, "page", 50),
        talks=Listed.of(talks, args, "talks", 50),
        later=Listed.of(found(board.later, text, words), args, "later", 20),
        messages=Listed.of(messages, args, "messages", 20),
    )


def found(rows: Iterable[One], text: str, words: Callable[[One], Iterable[str]]) -> list[One]:
    """The rows that have a word which holds the text; all of them for no text."""
    if not text:
        return list(rows)
    wanted = folded(text)
    return [row for row in rows if wanted and any(wanted in folded(word) for word in words(row))]


def again(args: Mapping[str, str], *names: str) -> str:
    """The query that asks for the same pages and searches again, with its question mark; empty: none."""
    kept = {name: args[name][:_LONGEST] for name in names if args.get(name)}
    return f"?{urlencode(kept)}" if kept else ""


def _words(row: Wait | Handover) -> list[str]:
    spoken = row.desk_language or row.language
    return [row.organisation_name, row.queue, row.territory, spoken, language(spoken), row.level]

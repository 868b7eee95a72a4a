"""The table that is printed: each figure beside its floor, with its goal and whether it is reached."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import click


@dataclass(frozen=True, slots=True)
class Figure:
    """One line. ``value`` is what the goal is about: mostly a ratio, which holds from machine to machine."""

    name: str
    value: float
    unit: str
    goal: str  # ">= 0.37", "<= 2"
    beside: str = ""  # the measured sides of the ratio, or the floor

    @property
    def reached(self) -> bool:
        """Whether the goal is met."""
        sign, _, bound = self.goal.partition(" ")
        return self.value >= float(bound) if sign == ">=" else self.value <= float(bound)

    def __str__(self) -> str:
        mark = "reached" if self.reached else "MISSED "
        shown = f"{self.value:.4g}{self.unit}"
        return (
            f"  {self.name:<58} {shown:>9}  goal {self.goal + self.unit:<11} {mark}  {self.beside}".rstrip()
        )


def section(title: str, measure: Callable[[], Iterable[Figure]]) -> int:
    """Measure and print one section; gives how many goals it missed."""
    click.echo(f"\n{title}")
    missed = 0
    for figure in measure():
        click.echo(str(figure))
        missed += not figure.reached
    return missed


def remark(text: str) -> None:
    """Print a remark between the figures."""
    click.echo(f"  ! {text}")

"""Sample organisations: invented firms, example.com addresses, numbers their regulators keep for fiction.

United States 555-01xx (NANPA), United Kingdom 020 7946 0xxx and 07700 900xxx (Ofcom), France 01 99 00 xx xx
and 06 39 98 xx xx (Arcep), Berlin 030 23125 xxx (Bundesnetzagentur), Sweden 08-465 004 xx and 070-174 06 05
to 99 (PTS), Australia 02 5550 xxxx (ACMA). Italy keeps none: the Italian firm has foreign numbers.
"""

from importlib.resources import files

from app.services.directory import CsvFile


def sample_directory() -> tuple[CsvFile, CsvFile]:
    """The sample's organisations and contacts, as ``read_directory`` takes them."""
    organisations, contacts = "organisations.csv", "contacts.csv"
    folder = files(__name__)
    return (
        CsvFile(organisations, (folder / organisations).read_bytes()),
        CsvFile(contacts, (folder / contacts).read_bytes()),
    )

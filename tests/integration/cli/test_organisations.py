"""``callgate organisations``: what would be done, then doing it."""

from tests.integration.cli.conftest import Cli

HEADERS = (
    "account_number,name,country,cloud,language,trust_caller_id,code_digits,priority,numbers\n",
    "account_number,name,role,email,phone,phone_can_text,language,confirmed\n",
)
FIRM = "5550,Alfa,IT,,it,match,6,0,\n"
PERSON = "5550,Anna,admin,anna@example.com,,,it,\n"


def test_dry_run_says_it_row_by_row_and_changes_nothing(cli: Cli) -> None:
    """Each row's change or fault is told; only the import itself changes anything, and again it does not."""
    firms, people = cli.var / "o.csv", cli.var / "c.csv"
    firms.write_text(HEADERS[0] + FIRM, encoding="utf-8")
    people.write_text(HEADERS[1] + PERSON, encoding="utf-8")
    command = ("organisations", "import", str(firms), str(people))
    for _ in range(2):
        said = cli.succeeds(*command, "--dry-run")
        assert "o.csv, row 2: added: 5550\n" in said
        assert "c.csv, row 2: added: 5550 Anna\n" in said
        assert "Nothing was changed." in said
    assert "1 organisation added" in cli.succeeds(*command, "--source", "crm")
    assert "2 unchanged" in cli.succeeds(*command, "--dry-run")
    firms.write_text(HEADERS[0] + FIRM.replace("IT", "Italy"), encoding="utf-8")
    assert "o.csv, row 2: fault: 5550: country:" in cli.refuses(*command, "--dry-run")

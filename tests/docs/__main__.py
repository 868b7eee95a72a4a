"""Write the generated parts of the pages anew: ``python -m tests.docs``."""

from tests.docs.documents import pages
from tests.docs.generated import bodies
from tests.docs.page_words import POT, pot

now = bodies()
for page in pages():
    text = page.regenerated(now)
    if text != page.text:
        page.path.write_text(text, encoding="utf-8")
        print(f"{page.name} is written anew.")  # noqa: T201 - a command line prints
words = pot()
if not POT.exists() or words != POT.read_text(encoding="utf-8"):
    POT.write_text(words, encoding="utf-8")
    print(f"{POT.name} is written anew.")  # noqa: T201 - as above

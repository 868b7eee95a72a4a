"""Write the generated parts of the pages anew: ``python -m tests.docs``."""

from tests.docs.documents import pages
from tests.docs.generated import bodies

now = bodies()
for page in pages():
    text = page.regenerated(now)
    if text != page.text:
        page.path.write_text(text, encoding="utf-8")
        print(f"{page.name} is written anew.")  # noqa: T201 - a command line prints

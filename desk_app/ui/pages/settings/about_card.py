"""About the program: its version and what it is made of."""

from desk_app import __version__
from desk_app.ui.look import Look
from desk_app.ui.theme import Text
from desk_app.ui.widgets.boxes import Card, row
from desk_app.ui.widgets.text import label, muted

PARTS = (
    ("Qt, PySide6", "LGPL-3.0"),
    ("Python", "PSF-2.0"),
    ("SQLCipher", "BSD-3-Clause"),
    ("sqlcipher3", "zlib"),
    ("sqlite-utils", "Apache-2.0"),
    ("age, pyrage", "MIT"),
    ("cryptography", "Apache-2.0, BSD-3-Clause"),
    ("argon2-cffi", "MIT"),
    ("msgspec", "BSD-3-Clause"),
    ("zstandard", "BSD-3-Clause"),
    ("RapidFuzz", "MIT"),
    ("ReportLab", "BSD-3-Clause"),
    ("pypdfium2, PDFium", "BSD-3-Clause, Apache-2.0"),
    ("XlsxWriter", "BSD-2-Clause"),
    ("Jinja2", "BSD-3-Clause"),
    ("platformdirs", "MIT"),
    ("Paramiko", "LGPL-2.1"),
    ("PyNaCl", "Apache-2.0"),
    ("bcrypt", "Apache-2.0"),
    ("Invoke", "BSD-2-Clause"),
    ("urllib3", "MIT"),
    ("truststore", "MIT"),
    ("Noto Sans", "OFL-1.1"),
    ("Lucide", "ISC"),
)
"""What is shipped with the program and its licence (SPDX); the names are the same in every language."""


class AboutCard(Card):
    """Version, licence, and the parts of others."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.tr.text("About the program"))
        tr = look.tr
        self.body.addWidget(label(tr.text("Roh, version {version}", version=__version__), Text.STRONG))
        self.body.addWidget(
            label(tr.text("Free software under the MIT licence. It works without a network and reports to nobody."))
        )
        self.body.addWidget(label(tr.text("Made with"), Text.STRONG))
        for name, licence in PARTS:
            line = row()
            line.addWidget(label(name), 1)
            line.addWidget(muted(licence), 1)
            self.body.addLayout(line)

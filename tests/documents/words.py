"""Word files made for tests: python-docx where it can, and the XML of what it cannot write."""

import io
import zipfile
from collections.abc import Callable, Mapping

import docx
from docx.oxml import parse_xml

NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
USED = (
    f'{NAMES} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def make(write: Callable[[docx.document.Document], None]) -> bytes:
    """A Word file that ``write`` fills."""
    document = docx.Document()
    write(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def make_paragraphs(*paragraphs: str) -> bytes:
    """A Word file of paragraphs, a line of text or the XML within ``<w:p>`` each."""

    def write(document: docx.document.Document) -> None:
        for one in paragraphs:
            if one.startswith("<"):
                document.element.body.insert(-1, parse_xml(f"<w:p {USED}>{one}</w:p>"))
            else:
                document.add_paragraph(one)

    return make(write)


def run(words: str, properties: str = "") -> str:
    """The XML of a run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def replace_parts(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The file with other parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for path in old.namelist():
            new.writestr(path, parts.get(path) or old.read(path))
        for path in parts.keys() - set(old.namelist()):
            new.writestr(path, parts[path])
    return out.getvalue()

"""What anyone may open is read, whatever it is locked with; what asks for a password says so in one sentence."""

from __future__ import annotations

import io
import zipfile

import pytest
import words
import workbooks
from pdfs import PdfPage, pdf

from extractor.documents import read
from extractor.model import InputError

CIPHERS = ("RC4-40", "RC4-128", "AES-128", "AES-256-R5", "AES-256")
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def lock(password: str, cipher: str) -> bytes:
    """A PDF that opens with ``password``, locked with ``cipher``."""
    pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed")
    plain = pdf([PdfPage().text(90, 700, "2024年收入总计200.00万元。")])
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(plain)))
    writer.encrypt(user_password=password, owner_password="owner", algorithm=cipher)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("cipher", CIPHERS)
def test_a_pdf_with_an_empty_password_is_read(cipher: str) -> None:
    assert "200.00万元" in read(lock("", cipher), "a.pdf").text


@pytest.mark.parametrize("cipher", CIPHERS)
def test_a_pdf_with_a_password_says_so(cipher: str) -> None:
    with pytest.raises(InputError) as refused:
        read(lock("secret", cipher), "a.pdf")
    assert refused.value.notice.message == "input.encrypted"


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.doc"])
def test_an_office_file_with_a_password_says_so(name: str) -> None:
    names = "EncryptionInfo\0EncryptedPackage\0".encode("utf-16-le")
    data = COMPOUND + bytes(504) + names + bytes(4096)
    with pytest.raises(InputError) as refused:
        read(data, name)
    assert refused.value.notice.message == "input.encrypted_file"


def test_an_archive_of_what_is_locked_reads_the_rest() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.pdf", lock("secret", "AES-256"))
        archive.writestr("b.docx", words.make_paragraphs("全年支出100.00万元。"))
        archive.writestr("c.xlsx", workbooks.make_xlsx())
    found = read(out.getvalue(), "a.zip")
    assert "100.00万元" in found.text
    assert any("a.pdf" in str(warning.facts) for warning in found.warnings)

"""All words of a pack as a Word file."""

import io
import zipfile

import pytest
from docx import Document

from resources.packs.prose import Paragraph, prose_of
from tests.factories.core import ImageFactory
from tests.resources.packing import copy, pack_with, post, resource_with_file

pytestmark = pytest.mark.django_db


def _document(client):
    response = client.get("/resources/packs/school/copy.docx")
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith('attachment; filename="The school pack, all words.docx"')
    return Document(io.BytesIO(response.content)), response.content


@pytest.fixture
def pack(packs, childline):
    resource = resource_with_file(title="Nice try")
    resource.texts = [copy("Short post", "Nice try. {childline}", hashtags="#NotOnYourOwn")]
    resource.save()
    return pack_with(
        slug="school",
        introduction="<p>Everything <b>you</b> need.</p>",
        briefing='<h3>Say first</h3><ul><li>Nobody is in trouble. <a href="https://x.example/a">More</a></li></ul>'
        "<ol><li>Wait.</li></ol>",
        posts=[post(1, image=ImageFactory(description="White words on green.")), post(2)],
        texts=[copy("E-mail to parents", "Dear parents,\n\nask early.", subject="A week")],
        resources=[resource],
    )


def test_headings_give_the_document_its_order(client, pack):
    document, _content = _document(client)
    headings = [(p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith(("Heading", "Title"))]
    assert headings == [
        ("Title", "The school pack"),
        ("Heading 1", "When to post what"),
        ("Heading 2", "Monday 15 March"),
        ("Heading 3", "8.30am: Instagram, X"),
        ("Heading 2", "Tuesday 16 March"),
        ("Heading 3", "8.30am: Instagram, X"),
        ("Heading 1", "E-mail, newsletter and press"),
        ("Heading 2", "E-mail to parents"),
        ("Heading 1", "Briefing for your team"),
        ("Heading 2", "Say first"),
        ("Heading 1", "Each resource: its words, and what you may do with it"),
        ("Heading 2", "Nice try"),
        ("Heading 3", "Short post"),
    ]


def test_lists_and_alt_texts_have_styles_of_their_own(client, pack):
    document, _content = _document(client)
    styles = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs}
    wanted = ["Nobody is in trouble. More (https://x.example/a)", "Wait.", "Alt text: White words on green."]
    assert [styles[words] for words in [*wanted, "Credit: Not On Your Own.", "Dear parents,"]] == [
        "List Bullet",
        "List Number",
        "Intense Quote",
        "List Bullet",
        "Normal",
    ]


def test_words_are_filled_in_and_say_alt_texts_and_rights(client, pack):
    document, _content = _document(client)
    lines = [paragraph.text for paragraph in document.paragraphs]
    assert lines.count("Ask early. Call 0808 157 0123. #NotOnYourOwn") == 2
    assert "Alt text: White words on green." in lines
    assert lines[lines.index("Subject: A week") :][:4] == ["Subject: A week", "Dear parents,", "", "ask early."]
    assert "Nobody is in trouble. More (https://x.example/a)" in lines
    assert "Credit: Not On Your Own." in lines
    assert "Nice try. 0808 157 0123 #NotOnYourOwn" in lines


def test_same_pack_gives_the_same_bytes_so_whoever_has_them_is_not_sent_them_again(client, pack):
    address = "/resources/packs/school/copy.docx"
    first = client.get(address)
    with zipfile.ZipFile(io.BytesIO(first.content)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert client.get(address).content == first.content
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_document_says_that_it_is_british_english(client, pack):
    document, content = _document(client)
    assert (document.core_properties.language, document.core_properties.title) == ("en-GB", "The school pack")
    styles = zipfile.ZipFile(io.BytesIO(content)).read("word/styles.xml").decode()
    assert 'w:val="en-GB"' in styles
    assert 'w:val="en-US"' not in styles


def test_prose_keeps_paragraphs_lists_and_weight():
    source = "<p>One <b>two</b><br/>three</p><ol><li>a</li></ol><ul><li><i>b</i></li></ul><p></p>"
    plain, bold, italic = (False, False), (True, False), (False, True)
    assert prose_of(source, "http://localhost/") == [
        Paragraph("text", [("One ", *plain), ("two", *bold), ("\n", *plain), ("three", *plain)]),
        Paragraph("numbered", [("a", *plain)]),
        Paragraph("li", [("b", *italic)]),
    ]


def test_control_characters_do_not_break_the_file(client, packs):
    resource = resource_with_file(title="Nice\x0btry")
    texts = [copy("a\x0bb", "a\x0bb", subject="a\x0bb", hashtags="")]
    pack_with(slug="school", posts=[post(text="a\x0bb\x01c", hashtags="")], texts=texts, resources=[resource])
    document, _content = _document(client)
    lines = [paragraph.text for paragraph in document.paragraphs]
    assert [line for line in lines if "a" in line and "b c" in line] == ["a b c"]
    assert {"Subject: a b", "a b", "Nice try"} <= set(lines)
    for name in ("pack.zip", "changes.atom", "dates.ics", "posts.csv"):
        assert client.get(f"/resources/packs/school/{name}").status_code == 200

"""Builds the exports that the tests read: invented articles in the shapes that libraries' databases hand out.

`python tests/exports/make.py FOLDER` writes them all, always the same bytes. The shapes follow descriptions of the formats;
nobody's articles and files are in them. `FIXTURES` says of each file which stories it holds and what must be said of it.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path
from textwrap import wrap

RULE = "_" * 60
NBSP = "\u00a0"


@dataclass(frozen=True)
class Story:
    """An invented article."""

    id: str
    language: str
    title: str
    outlet: str
    date: str
    weekday: str
    author: str
    section: str
    paragraphs: list[str]

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs)

    @property
    def n_words(self) -> int:
        return sum(any(map(str.isalnum, word)) for word in self.text.split())


STORIES = {one["id"]: Story(**one) for one in json.loads((Path(__file__).parent / "stories.json").read_text(encoding="utf-8"))}
BRIDGE, MINE, FOG, SCHOOL, ORCHARD = (STORIES[name] for name in ("bridge", "mine", "fog", "school", "orchard"))
HAFEN, WALD, FROMAGE, TUNNEL = (STORIES[name] for name in ("hafen", "wald", "fromage", "tunnel"))


def docx_bytes(paragraphs: list[str]) -> bytes:
    """A Word document: the parts that Word asks for, without times."""
    lines = "".join(f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in paragraphs)
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{types}"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{relations}"><Relationship Id="r1" Type="{office}" Target="word/document.xml"/>'
        "</Relationships>",
        "word/document.xml": f'<?xml version="1.0" encoding="UTF-8"?><w:document {space}><w:body>{lines}</w:body></w:document>',
    }
    return zip_bytes(parts)


def zip_bytes(parts: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2031, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def rtf_bytes(paragraphs: list[str]) -> bytes:
    """An RTF document as word processors write it: fonts, a header, Unicode with question marks for old readers."""
    body = "".join(f"\\pard\\f1\\fs20 {_rtf(line)}\\par\n" for line in paragraphs)
    fonts = "{\\fonttbl{\\f0\\froman\\fcharset0 Times New Roman;}{\\f1\\fswiss\\fcharset0 Arial;}}"
    header = "{\\header\\pard Page {\\field{\\*\\fldinst PAGE}{\\fldrslt 1}}\\par}"
    return f"{{\\rtf1\\ansi\\ansicpg1252\\deff0{fonts}{{\\*\\generator Writer 9;}}{header}\n{body}}}".encode("ascii")


def _rtf(line: str) -> str:
    escaped = "".join(f"\\{letter}" if letter in "\\{}" else letter for letter in line).replace("\t", "\\tab ")
    units = ((letter, ord(letter)) for letter in escaped)
    return "".join(
        letter if code < 128 else f"\\'{letter.encode('cp1252').hex()}" if _in_cp1252(letter) and code < 256 else f"\\u{code}?"
        for letter, code in units
    )


def _in_cp1252(letter: str) -> bool:
    try:
        letter.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


# Nexis Uni and Lexis Advance


@dataclass(frozen=True)
class Words:
    """What an interface calls things."""

    total: str
    job: str
    length: str
    words: str
    author: str
    section: str
    body: str
    end: str


NEXIS = {
    "English": Words("Documents", "Job Number:", "Length", "words", "Byline", "Section", "Body", "End of Document"),
    "German": Words("Dokumente", "Auftragsnummer:", "Länge", "Wörter", "Autor", "Rubrik", "Text", "Ende des Dokuments"),
    "French": Words("Documents", "Numéro de la tâche:", "Longueur", "mots", "Auteur", "Rubrique", "Texte", "Fin du document"),
}


def nexis_cover(stories: list[Story], total: int | None = None) -> list[str]:
    words = NEXIS[stories[0].language]
    entries = [
        line
        for number, one in enumerate(stories, start=1)
        for line in (
            f"{number}. {one.title}",
            "Client/Matter: -None-",
            "Search Terms: orrel or varn",
            "Search Type: Natural Language",
            "",
        )
    ]
    date = "Date and Time: Monday, June 2, 2031 9:14:00 AM CEST"
    return [date, f"{words.job} 71230001", f"{words.total} ({len(stories) if total is None else total})", *entries, "", "", ""]


def nexis_article(one: Story, *, n_words: int | None = None, more: tuple[str, ...] = ()) -> list[str]:
    words = NEXIS[one.language]
    stated = one.n_words if n_words is None else n_words
    return [
        one.title,
        one.outlet,
        f"{one.date} {one.weekday}",
        f"Copyright 2031 {one.outlet} All Rights Reserved",
        f"{words.section}:{NBSP}{one.section}",
        f"{words.length}:{NBSP}{stated:,} {words.words}",
        *([f"{words.author}:{NBSP}{one.author}"] if one.author else []),
        *more,
        words.body,
        *(line for paragraph in one.paragraphs for line in ("", "", paragraph)),
        "",
        f"Load-Date:{NBSP}June 1, 2031",
        "",
        words.end,
        "",
    ]


def nexis_english() -> list[str]:
    bridge = nexis_article(replace(BRIDGE, author="Ada Quill Highlight: The river has its bridge back."))
    graphic = ["Graphic", "A barge below the bridge. Photo: B. Hale", "Classification", f"Language:{NBSP}ENGLISH"]
    at = bridge.index(f"Load-Date:{NBSP}June 1, 2031")
    mine = [line for line in nexis_article(MINE) if line != "Correction"]
    return [*nexis_cover([BRIDGE, MINE, FOG]), *bridge[:at], *graphic, *bridge[at:], *mine, *nexis_article(FOG)]


def nexis_german() -> list[str]:
    return [*nexis_cover([HAFEN, WALD]), *nexis_article(HAFEN), *nexis_article(WALD)]


def nexis_french() -> list[str]:
    return [*nexis_cover([FROMAGE, TUNNEL]), *nexis_article(FROMAGE), *nexis_article(TUNNEL)]


def nexis_single() -> list[str]:
    date = f"{SCHOOL.date} {SCHOOL.weekday}"
    lines = nexis_article(SCHOOL)
    return [*lines[: lines.index(date)], "Correction Appended", *lines[lines.index(date) :]]


def nexis_damaged() -> list[str]:
    """Five declared; the second is an error page, the third has lost its end, the fourth its body, the fifth is missing."""
    error = ["We are sorry but there is an error in this document and it is not possible to display it.", "End of Document", ""]
    fog, school = nexis_article(FOG, n_words=900), nexis_article(SCHOOL)
    no_body = [line for line in school[:8] if line != "Body"]
    cover = nexis_cover([BRIDGE, MINE, FOG, SCHOOL, ORCHARD])
    return [*cover, *nexis_article(BRIDGE), *error, *fog[: fog.index("End of Document")], *no_body, "End of Document"]


def nexis_cut() -> list[str]:
    lines = nexis_article(ORCHARD)
    return [*nexis_cover([SCHOOL, ORCHARD]), *nexis_article(SCHOOL), *lines[: lines.index("Body") + 4]]


# LexisNexis before 2019

LEXIS = {
    "English": (
        "{} of {} DOCUMENTS",
        "BYLINE",
        "SECTION",
        "LENGTH",
        "words",
        "LOAD-DATE",
        "LANGUAGE: ENGLISH",
        "Download Request: Selected Items: 1-{}",
    ),
    "German": (
        "Dokument {} von {}",
        "AUTOR",
        "RUBRIK",
        "LÄNGE",
        "Wörter",
        "UPDATE",
        "SPRACHE: GERMAN; DEUTSCH",
        "Ausgabeauftrag: Dokument(e): 1-{}",
    ),
    "French": (
        "Document {} de {}",
        "AUTEUR",
        "RUBRIQUE",
        "LONGUEUR",
        "mots",
        "DATE-CHARGEMENT",
        "LANGUE: FRENCH; FRANÇAIS",
        "Demande d'impression: 1-{}",
    ),
}


def lexis_article(one: Story, number: int, total: int, *, edition: str = "", n_words: int | None = None) -> str:
    ordinal, byline, section, length, words, loaded, language, _ = LEXIS[one.language]
    head = [ordinal.format(number, total).center(78).rstrip(), "", one.outlet.center(78).rstrip()]
    dated = "\n".join(line.center(78).rstrip() for line in [f"{one.date} {one.weekday}", *filter(None, [edition])])
    labels = [f"{byline}: {one.author}"] * bool(one.author) + [f"{section}: {one.section}"]
    labels += [f"{length}: {one.n_words if n_words is None else n_words} {words}"]
    body = ["\n".join(wrap(paragraph, 78, break_on_hyphens=False)) for paragraph in one.paragraphs]
    tail = [f"{loaded}: {one.date}", language, "PUBLICATION-TYPE: Newspaper"]
    end = "\n" + f"Copyright 2031 {one.outlet}".center(78).rstrip() + "\n" + "All Rights Reserved".center(78).rstrip()
    title = "\n".join(wrap(one.title, 60))
    return "\n\n".join(["\n".join(head), dated, title, *labels, *body, *tail, end]) + "\n\n"


def lexis_file(stories: list[Story]) -> str:
    cover = f"\n\n{LEXIS[stories[0].language][-1].format(len(stories))}\nTime Of Request: Friday, June 06, 2031  16:51:31\n\n\n"
    return cover + "".join(lexis_article(one, number, len(stories)) for number, one in enumerate(stories, start=1))


def lexis_english() -> str:
    two = lexis_file([BRIDGE, FOG]).replace("Items: 1-2", "Items: 1-3").replace("of 2 DOC", "of 3 DOC")
    return two + lexis_article(MINE, 3, 3, edition="Edition 1;")


def lexis_single() -> str:
    return lexis_article(ORCHARD, 1, 1).partition("DOCUMENTS")[2]


def lexis_damaged() -> str:
    """Numbers 1, 2, 2 and 5 of 6; a length that lies, an article without body, one that is cut off."""
    empty = lexis_article(replace(SCHOOL, paragraphs=[]), 2, 6, n_words=80)
    cut = lexis_article(ORCHARD, 5, 6).partition("LOAD-DATE")[0]
    return lexis_article(BRIDGE, 1, 6, n_words=510) + lexis_article(FOG, 2, 6) + empty + cut


# Factiva


def factiva_number(one: Story) -> str:
    return f"{one.id.upper()}000020310312e7{len(one.text):03}0001x"


def factiva_table(one: Story, *, n_words: str | None = None, end: bool = True) -> str:
    paragraphs = [f'<p class="articleParagraph enarticleParagraph">{escape(line)}\n</p>' for line in one.paragraphs]
    rows = {"SE": one.section, "HD": f"<span class='enHeadline'>{escape(one.title)}\r\n</span>", "BY": escape(one.author)}
    rows |= {"WC": n_words or f"{one.n_words} words", "PD": one.date, "ET": "05:10", "SN": one.outlet, "SC": "ORCO", "PG": "A6"}
    rows |= {
        "LA": one.language,
        "CY": "(c) 2031 All rights reserved",
        "LP": paragraphs[0],
        "TD": "<noscript><p>Turn it on.</p></noscript><script>show(1);</script>" + "".join(paragraphs[1:]),
    }
    rows |= {"NS": "c13 : Regulation | gcat : General News", "AN": f"Document {factiva_number(one)}"} if end else {}
    cells = "".join(
        f'<tr><td class="index"><b>{code}</b>&nbsp;</td><td>{value}</td></tr>\n' for code, value in rows.items() if value
    )
    return f'<div id="article-{one.id}" class="article enArticle"><div id="lpost"></div><table>{cells}</table></div>\n<br/>'


def factiva_plain(one: Story, language: str, words: str, date: str) -> str:
    head = [one.outlet, "ORCO", "5", one.language, "© 2031. Tous droits réservés."]
    divs = "".join(f"<div>{escape(line)}</div>" for line in [f"{one.n_words} {words}", date, *head])
    author = f'<div class="author">{escape(one.author)}</div>' if one.author else ""
    body = "".join(f'<p class="articleParagraph {language}articleParagraph">{escape(line)}</p>' for line in one.paragraphs)
    title = f'<div id="hd"><span class="{language}Headline">{escape(one.title)}</span></div>'
    return f'<div class="article {language}Article">{title}{author}{divs}{body}<p>Document {factiva_number(one)}</p></div>'


def factiva_page(*articles: str) -> str:
    return f"<html><head><title>Factiva</title><style>.article {{}}</style></head><body>{''.join(articles)}</body></html>"


def factiva_html() -> str:
    return factiva_page(factiva_table(BRIDGE), factiva_table(MINE), factiva_table(FOG))


def factiva_french() -> str:
    return factiva_page(
        factiva_plain(FROMAGE, "fr", "mots", "1er mars 2031"),
        factiva_plain(TUNNEL, "fr", "mots", "12 août 2031"),
        factiva_plain(HAFEN, "de", "mots", "14 mars 2031"),
    )


def factiva_damaged() -> str:
    """An article that no tag closes, one that holds nothing, one twice, one that is cut off and states another length."""
    open_ = factiva_table(BRIDGE).replace("</table></div>", "")
    cut = factiva_table(FOG, n_words="1,040 words", end=False).partition("</table>")[0]
    return factiva_page(open_, '<div class="article enArticle"></div>', factiva_table(MINE), factiva_table(MINE), cut)[
        : -len("</body></html>")
    ]


def factiva_running(one: Story, *, end: bool = True) -> list[str]:
    head = [
        one.title,
        *([f"By {one.author}"] if one.author else []),
        f"{one.n_words} words",
        "12 March 2031",
        "05:10 PM",
        one.outlet,
        "ORCO",
    ]
    body = [
        "A6",
        one.language,
        "(c) 2031 The publishers. All rights reserved.",
        "",
        *(p for q in one.paragraphs for p in (q, " ")),
    ]
    return [*head, *body, f"Document {factiva_number(one)}" if end else "", ""]


def factiva_contents(*stories: Story) -> list[str]:
    entries = [f"{one.title}\t{page}" for page, one in enumerate(stories, start=2)]
    return ["Factiva RTF Display Format", *entries, "Page 1 of 9 © 2031 Factiva, Inc. All rights reserved.", ""]


def factiva_rtf() -> list[str]:
    summary = ["Search Summary", "Text\torrel or varn", "Results Found\t812"]
    return [
        *factiva_contents(BRIDGE, FOG, SCHOOL),
        *factiva_running(BRIDGE),
        *factiva_running(FOG),
        *factiva_running(SCHOOL),
        *summary,
    ]


def factiva_coded() -> list[str]:
    def coded(one: Story) -> list[str]:
        rows = [
            ("HD", one.title),
            ("BY", one.author),
            ("WC", f"{one.n_words} words"),
            ("PD", "12 March 2031"),
            ("SN", one.outlet),
        ]
        rows += [("SC", "ORCO"), ("LA", one.language), ("CY", "(c) 2031"), ("LP", one.paragraphs[0]), ("TD", one.paragraphs[1])]
        lines = [f"{code}\t{value}" for code, value in rows if value]
        return [*lines, *one.paragraphs[2:], "NS\tgcat : General News", f"AN\tDocument {factiva_number(one)}", ""]

    return [*coded(BRIDGE), *coded(ORCHARD)]


def factiva_rtf_damaged() -> list[str]:
    """The contents list three articles; the second is missing and the third is cut off."""
    return [*factiva_contents(BRIDGE, FOG, SCHOOL), *factiva_running(BRIDGE), *factiva_running(SCHOOL, end=False)[:-2]]


# ProQuest


PROQUEST = {
    "English": (
        "Document {} of {}",
        "Full text",
        "Title",
        "Publication title",
        "Publication date",
        "Author",
        "ProQuest document ID",
    ),
    "German": (
        "Dokument {} von {}",
        "Volltext",
        "Titel",
        "Titel der Publikation",
        "Erscheinungsdatum",
        "Autor",
        "ProQuest-Dokument-ID",
    ),
    "French": (
        "Document {} de {}",
        "Texte intégral",
        "Titre",
        "Publication",
        "Date de publication",
        "Auteur",
        "ID de document ProQuest",
    ),
}


def proquest_record(one: Story, number: int, total: int, *, text: bool = True) -> str:
    ordinal, full, title, outlet, date, author, given = PROQUEST[one.language]
    parts = [f"\n\n{ordinal.format(number, total)}\n", one.title, f"{author}: {one.author}" if one.author else ""]
    parts += [
        "http://search.example/docview/" + str(7000 + number),
        "Abstract: A short account.",
        "Links: http://links.example/" + one.id,
    ]
    parts += [f"{full}: " + "\n\n".join(one.paragraphs)] if text else []
    parts += [
        "Subject: Bridges; Towns",
        f"{title}: {one.title}",
        f"{outlet}: {one.outlet}",
        f"Publication year: 2031\n{date}: {one.date}",
    ]
    parts += [
        f"Word count: {one.n_words}",
        f"{given}: {7000 + number}",
        "Copyright: (c) 2031 The publishers",
        "Database: Newsstream",
    ]
    return "\n\n".join(filter(None, parts)) + "\n\n" + RULE


def proquest_text(stories: list[Story], total: int | None = None) -> str:
    n = len(stories) if total is None else total
    contents = "\n".join(f"{number}. {one.title}" for number, one in enumerate(stories, start=1))
    front = f"{RULE}\n\nReport Information from ProQuest\n02 June 2031 09:14\n{RULE}\n\n{contents}\n{RULE}"
    back = "\n\nContact ProQuest\nCopyright © 2031 ProQuest LLC. All rights reserved.\n"
    return front + "".join(proquest_record(one, number, n) for number, one in enumerate(stories, start=1)) + back


def proquest_damaged() -> str:
    """Five declared; the second has no full text, the fourth is missing, the fifth is cut off; a page of another kind."""
    odd = "\n\nThe page you asked for could not be shown.\n\n" + RULE
    first = f"{RULE}{proquest_record(BRIDGE, 1, 5)}{proquest_record(MINE, 2, 5, text=False)}{odd}{proquest_record(FOG, 3, 5)}"
    return first + proquest_record(ORCHARD, 5, 5).partition("Subject:")[0]


def proquest_xml(one: Story, number: int, *, html: bool = True, n_words: int | None = None) -> str:
    inside = "".join(f"<p>{escape(line)}</p>" for line in one.paragraphs)
    source = escape(f"<html><body>{inside}</body></html>") if html else escape(one.text)
    first, _, last = one.author.partition("; ")[0].partition(" ")
    name = f"<LastName>{last}</LastName><FirstName>{first}</FirstName>" if last else "<OriginalForm>staff</OriginalForm>"
    people = f"<Contributors><Contributor ContribOrder='1'><Author>{name}</Author></Contributor></Contributors>"
    article = f"<TitleAtt><Title>{escape(one.title)}</Title></TitleAtt><NumericDate>2031-03-{number + 10}</NumericDate>"
    language = f"<Language><RawLang>{one.language}</RawLang></Language>"
    outlet = f"<DFS><PubFrosting><Title>{escape(one.outlet)}</Title></PubFrosting></DFS>"
    text = f'<Text WordCount="{n_words or one.n_words}" HTMLContent="{str(html).lower()}">{source}</Text>'
    head = f"<RECORD><Version>1</Version><GOID>{7000 + number}</GOID><Obj>{article}{people}{language}</Obj>{outlet}"
    return f"{head}<TextInfo>{text}</TextInfo></RECORD>"


def proquest_xml_one() -> str:
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + proquest_xml(BRIDGE, 1)


def proquest_xml_many() -> str:
    records = [proquest_xml(BRIDGE, 1), proquest_xml(FROMAGE, 2, html=False), proquest_xml(HAFEN, 3)]
    return '<?xml version="1.0" encoding="UTF-8"?>\n<RECORDS>' + "\n".join(records) + "</RECORDS>"


def proquest_xml_damaged() -> str:
    """A record with a broken tag, one with a length that lies, one that is cut off."""
    broken = proquest_xml(MINE, 2).replace("</TitleAtt>", "</Titel>")
    cut = proquest_xml(SCHOOL, 4)[:600]
    return "<RECORDS>" + proquest_xml(BRIDGE, 1) + broken + proquest_xml(FOG, 3, n_words=400) + cut


# Europresse


def europresse_article(
    one: Story, number: int, *, n_words: int | None = None, close: bool = True, header: str | None = None
) -> str:
    counted = f"{one.n_words if n_words is None else n_words} {'mots' if one.language == 'French' else 'words'}"
    shown = (
        f"{one.section}, {one.weekday} {one.date}{' - 06:00 UTC' if number > 1 else ''} {counted}, p. 4"
        if header is None
        else header
    )
    body = "".join(f"<p>{escape(line)}</p>\n" for line in one.paragraphs).replace("samedi", "<mark>samedi</mark><!-- x -->")
    author = f'<p class="sm-margin-bottomNews">{escape(one.author)}</p>' if one.author else ""
    given = f"news·20310{number}12·CV·{4100 + number}"
    outlet = f'<span class="DocPublicationName">{escape(one.outlet)}, no. 23{number}\n<br/>France</span>'
    title = f'<p class="sm-margin-TopNews titreArticleVisu rdp__articletitle">{escape(one.title)}</p>'
    under = '<p class="sm-margin-bottomNews rdp__subtitle">What happened</p>' if number == 2 else ""
    head = f'<div class="rdp__DocPublicationName">{outlet}</div><div><span class="DocHeader">{escape(shown)}</span></div>'
    section = f'<section><div class="DocText clearfix"><div class="docOcurrContainer">{body}</div></div></section>'
    rights = f"<small>© 2031 {escape(one.outlet)}. Tous droits réservés.</small>"
    foot = f'<footer>{rights}<div class="publiC-lblNodoc">{given}</div></footer>'
    whole = f'<article>\n<header>{head}<div class="titreArticle">{title}{under}</div>{author}</header>{section}{foot}'
    return whole + ("</article>\n" if close else "")


def europresse_page(*articles: str) -> str:
    return f"<!DOCTYPE html><html><head><title>Europresse</title></head><body>{''.join(articles)}</body></html>"


def europresse_french() -> str:
    return europresse_page(*(europresse_article(one, number) for number, one in enumerate((FROMAGE, TUNNEL), start=1)))


def europresse_english() -> str:
    return europresse_page(*(europresse_article(one, number) for number, one in enumerate((BRIDGE, FOG, SCHOOL), start=1)))


def europresse_damaged() -> str:
    """An article that no tag closes, one without text, one without date and with a length that lies; the file is cut off."""
    empty = europresse_article(replace(TUNNEL, paragraphs=[]), 2)
    cut = europresse_article(FOG, 3, close=False, header="Weather, 900 words").replace("news·20310312", "news·unknown")
    return europresse_page(europresse_article(FROMAGE, 1, close=False), empty, cut)[: -len("</article></body>")]


@dataclass(frozen=True)
class Fixture:
    """A file of the tests and what must come out of it."""

    name: str
    """The file's name."""
    build: Callable[[], str | list[str]]
    """Its content, of documents the paragraphs."""
    stories: list[Story]
    """The stories that are read, in order."""
    refused: list[str] = field(default_factory=list)
    """The records that are refused."""
    noticed: list[str] = field(default_factory=list)
    """The records of which something is said, in order."""
    cut: int = 0
    """How many paragraphs the last story has lost."""


def documents(name: str, build: Callable[[], list[str]], *rest: object) -> list[Fixture]:
    return [Fixture(f"{name}{ending}", build, *rest) for ending in (".docx", ".rtf")]  # type: ignore[arg-type]


FIXTURES = [
    *documents("nexis_english", nexis_english, [BRIDGE, MINE, FOG]),
    *documents("nexis_german", nexis_german, [HAFEN, WALD]),
    *documents("nexis_french", nexis_french, [FROMAGE, TUNNEL]),
    *documents("nexis_single", nexis_single, [SCHOOL]),
    *documents(
        "nexis_damaged",
        nexis_damaged,
        [BRIDGE, FOG],
        ["document 2", "document 4", f"documents 5 ({ORCHARD.title!r})"],
        ["document 3", "document 3"],
    ),
    *documents("nexis_cut", nexis_cut, [SCHOOL, ORCHARD], [], ["document 2", "document 2"], 2),
    Fixture("lexisnexis_english.txt", lexis_english, [BRIDGE, FOG, MINE]),
    Fixture("lexisnexis_german.txt", lambda: lexis_file([HAFEN, WALD]), [HAFEN, WALD]),
    Fixture("lexisnexis_french.txt", lambda: lexis_file([FROMAGE, TUNNEL]), [FROMAGE, TUNNEL]),
    Fixture("lexisnexis_single.txt", lexis_single, [ORCHARD]),
    Fixture(
        "lexisnexis_damaged.txt",
        lexis_damaged,
        [BRIDGE, FOG, ORCHARD],
        ["document 2 (again, 2)", "documents 3-4, 6"],
        ["document 1", "document 5", "document 2"],
    ),
    Fixture("factiva_table.html", factiva_html, [BRIDGE, MINE, FOG]),
    Fixture("factiva_french.html", factiva_french, [FROMAGE, TUNNEL, HAFEN]),
    Fixture(
        "factiva_damaged.html",
        factiva_damaged,
        [BRIDGE, MINE, MINE, FOG],
        ["article 2"],
        ["article 4", "article 5", "article 5"],
    ),
    *documents("factiva_running", factiva_rtf, [BRIDGE, FOG, SCHOOL]),
    *documents("factiva_coded", factiva_coded, [BRIDGE, ORCHARD]),
    *documents("factiva_cut", factiva_rtf_damaged, [BRIDGE, SCHOOL], ["documents 2 ('" + FOG.title[:59] + "…')"], ["article 2"]),
    Fixture("proquest_english.txt", lambda: proquest_text([BRIDGE, MINE, FOG]), [BRIDGE, MINE, FOG]),
    Fixture("proquest_french.txt", lambda: proquest_text([FROMAGE, TUNNEL]), [FROMAGE, TUNNEL]),
    Fixture("proquest_german.txt", lambda: proquest_text([HAFEN, WALD]), [HAFEN, WALD]),
    Fixture(
        "proquest_damaged.txt",
        proquest_damaged,
        [BRIDGE, FOG, ORCHARD],
        ["document 2", "documents 4"],
        ["document 5", "file", "document 5"],
    ),
    Fixture("proquest_one.xml", proquest_xml_one, [BRIDGE]),
    Fixture("proquest_many.xml", proquest_xml_many, [BRIDGE, FROMAGE, HAFEN]),
    Fixture("proquest_damaged.xml", proquest_xml_damaged, [BRIDGE, FOG], ["record 2", "record 4"], ["record 3"]),
    Fixture("europresse_french.html", europresse_french, [FROMAGE, TUNNEL]),
    Fixture("europresse_english.html", europresse_english, [BRIDGE, FOG, SCHOOL]),
    Fixture(
        "europresse_damaged.html",
        europresse_damaged,
        [FROMAGE, FOG],
        ["article 2"],
        ["article 1", "article 3", "article 3", "article 3"],
    ),
]


def file_bytes(fixture: Fixture) -> bytes:
    """The file as a database would hand it out."""
    content = fixture.build()
    if isinstance(content, str):
        return content.encode("utf-8")
    return docx_bytes(content) if fixture.name.endswith(".docx") else rtf_bytes(content)


if __name__ == "__main__":
    for one in FIXTURES:
        (Path(sys.argv[1]) / one.name).write_bytes(file_bytes(one))

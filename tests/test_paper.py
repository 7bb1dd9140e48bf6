"""The paper: what was planned is what was computed, no number is typed by hand, errors are named, files are accessible and
anonymous where they must be, and building again gives the same bytes."""

from __future__ import annotations

import doctest
import importlib
import json
import re
import sys
import zipfile
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from pypdf import PdfReader

import framing as fr
from framing.measure.lexicon import lexicon_digest
from framing.measure.validated import is_validated
from tests.conftest import ROOT

sys.path.insert(0, str(ROOT / "paper"))
from blocks import BLOCK
from build import PaperError, build, fill, fill_readme, look_up, typeset  # the paper's own modules, beside its text
from derive import derive
from figurelist import FIGURES, list_saved, table_figures
from plan import read_plan
from results import compute, round_numbers

MODULES = sorted(path.stem for path in (ROOT / "paper").glob("*.py"))
PAPER = (ROOT / "paper" / "paper.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def results():
    return compute()


def test_a_missing_key_is_named(results):
    with pytest.raises(PaperError, match=r"'demo\.no_such_number'.*'no_such_number'"):
        fill("{{demo.no_such_number}}", results, "docx")
    with pytest.raises(PaperError, match=r"'demo'.*group"):
        fill("{{demo}}", results, "docx")
    with pytest.raises(PaperError, match="table 'nothing'"):
        fill("[[table nothing: Caption.]]", results, "docx")
    with pytest.raises(PaperError, match=r"figure 'nothing'.*figures/nothing\.svg does not exist"):
        fill("[[figure nothing: Caption.]]", results, "docx")
    with pytest.raises(PaperError, match="'nothing'"):
        fill("see [[ref nothing]]", results, "docx")
    with pytest.raises(PaperError, match="table 'voices_allsides', which the paper does not show"):
        fill("[[figure voices_allsides: Words.]]\n\nsee [[ref table voices_allsides]]", results, "docx")
    with pytest.raises(PaperError, match="table 'nothing'"):
        fill_readme("<!-- table: nothing -->\n<!-- end -->", results)


def test_a_citation_without_an_entry_and_a_figure_without_alternative_text_are_named(results):
    with pytest.raises(PaperError, match=r"@nobody1999, which has no entry"):
        fill("So it is said [@nobody1999].", results, "docx")
    silent = replace(results, figures={"voices_allsides": " "})
    with pytest.raises(PaperError, match=r"figure 'voices_allsides' has no alternative text"):
        fill("[[figure voices_allsides: Words.]]", silent, "typst")


def test_what_the_check_of_accessibility_refuses_is_named(tmp_path):
    source = tmp_path / "bad.typ"
    source.write_text('#set document(title: "A")\n= One\n=== Three\n', encoding="utf-8")
    with pytest.raises(PaperError, match=r"typst does not set bad\.pdf: .*heading"):
        typeset(source, tmp_path / "bad.pdf", root=tmp_path)


def test_what_was_computed_is_exactly_what_was_planned(results):
    plan = read_plan()
    for corpus in plan.corpora:
        planned = plan.family(corpus)
        computed = pd.DataFrame(results.numbers[corpus]["contrast"].values())
        keys = ["measure", "outlet", "reference"]
        pd.testing.assert_frame_equal(computed[[*keys, "seen"]], planned)
        assert set(computed["adjust"]) == {plan.text["test"]["adjust"]}
        assert computed["p_value"].notna().all()
    assert {one["measure"] for one in results.numbers["secondary"]["contrast"].values()} == set(plan.secondary)


def test_the_digest_of_the_plan_stands_in_the_results_and_in_the_paper():
    digest = read_plan().digest
    assert json.loads((ROOT / "paper" / "results.json").read_text(encoding="utf-8"))["plan"]["digest"] == digest
    for name in ("paper.pdf", "paper-anonymous.pdf"):
        assert digest in read_text(name)


def test_what_the_text_says_of_the_contrasts_is_so(results):
    n = results.numbers
    clear = {name for name, one in n["allsides"]["contrast"].items() if one["clear"]}
    assert clear == {"npr_n_words_quoted", "cnn_attributions_stance_neutral", "npr_attributions_stance_neutral"}
    assert n["allsides"]["n_beyond"] == n["allsides"]["n_clear"]
    held = {name for name in clear if n["allsides"]["contrast"][name]["holds"]}
    assert clear - held == {"npr_attributions_stance_neutral"}
    assert all(one["estimate"] < 1 for name, one in n["allsides"]["contrast"].items() if name.endswith("hedging"))
    assert not any(one["beyond"] for name, one in n["allsides"]["contrast"].items() if name.endswith("loaded"))
    assert n["replication"]["n_words_quoted"]["verdict"] == "does not replicate"
    assert n["replication"]["attributions_stance_neutral"]["verdict"] == "partly"
    assert 45 < n["allsides"]["five"]["others_words"] < 55
    assert "MIT" in (ROOT / "LICENSE").read_text(encoding="utf-8")


def test_no_number_in_the_text_is_typed_by_hand():
    text = PAPER.split("---", 2)[2]
    text = re.sub(r"\{\{.*?\}\}|@\w+|`[^`]*`|(?<=\[\[)(?:ref )?(?:figure|table) [\w-]+", "", text)
    allowed = {"1,000", "95", "1", "2012–2020"}  # units, the level of intervals, F1, the corpus's years
    typed = [number for number in re.findall(r"\d[\d.,–]*\d|\d", text) if number not in allowed]
    assert typed == []


def test_the_plan_holds_validated_primary_measures_and_the_plain_family():
    plan = read_plan()
    assert all(is_validated(measure) for measure in plan.measures)
    assert {measure for question in plan.text["questions"] for measure in question["measures"]} == set(plan.measures)
    assert not set(plan.measures) & set(plan.secondary)
    assert [len(plan.family(corpus)) for corpus in plan.corpora] == [20, 10]


def test_the_ratios_that_the_plan_assumes_are_those_of_the_formula():
    text, design = read_plan().text, {"CNN": 108, "Washington Times": 62, "USA Today": 51, "NPR": 53, "HPO": 100, "NYT": 100}
    for outlet, assumed in text["power"]["assumed_ratio"].items():
        family = 10 if outlet in ("HPO", "NYT") else 20
        level = 1 - text["test"]["alpha"] / family
        row = fr.plan_sample(text["power"]["assumed_rate"], n_stories=design[outlet], conf_level=level).iloc[0]
        assert round(row["detectable"], 2) == assumed, outlet


def test_every_reference_is_in_the_bibliography():
    bibliography = (ROOT / "paper" / "references.bib").read_text(encoding="utf-8")
    keys = set(re.findall(r"@\w+\{(\w+),", bibliography))
    cited = set(re.findall(r"@(\w+\d{4})", PAPER))
    assert cited <= keys
    assert keys - cited == set(), "unused entries"


def test_building_again_gives_the_committed_bytes(results, tmp_path):
    for path in build(results, tmp_path):
        assert path.read_bytes() == (ROOT / "paper" / path.name).read_bytes(), path.name


def test_word_and_pdf_hold_no_path_of_a_machine():
    with zipfile.ZipFile(ROOT / "paper" / "paper.docx") as parts:
        texts = [parts.read(name) for name in parts.namelist()]
    texts.append((ROOT / "paper" / "paper.pdf").read_bytes())
    assert not [text for text in texts if str(ROOT).encode() in text or b"/home/" in text]


def read_text(name: str) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(ROOT / "paper" / name).pages)


def test_the_anonymous_paper_names_no_author_no_tool_and_no_repository():
    reader = PdfReader(ROOT / "paper" / "paper-anonymous.pdf")
    text, references = re.split(r"\nReferences\n", read_text("paper-anonymous.pdf"), maxsplit=1)
    author = re.search(r'<<author: "(.+?)"', PAPER).group(1)
    metadata = " ".join(map(str, reader.metadata.values())) + reader.xmp_metadata.stream.get_data().decode("utf-8")
    assert "Hyland" in references
    for word in (author, "framing", "github", "gitlab", "developers", "MIT licence"):
        assert word.lower() not in (text + metadata).lower(), word
    assert "/Author" not in reader.metadata
    assert author in read_text("paper.pdf")
    assert PdfReader(ROOT / "paper" / "paper.pdf").metadata.author == author


@pytest.mark.parametrize("name", ["paper.pdf", "paper-anonymous.pdf"])
def test_the_pdf_is_tagged_and_says_that_it_is_accessible(name):
    reader = PdfReader(ROOT / "paper" / name)
    root = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("en")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "Whose words" in reader.metadata.title
    assert re.search(rb"<pdfuaid:part>1<", reader.xmp_metadata.stream.get_data())
    alternatives = [node["/Alt"] for node in structure(root["/StructTreeRoot"]) if node.get("/S") == "/Figure" and "/Alt" in node]
    assert len(alternatives) == sum(kind == "figure" for kind, *_ in BLOCK.findall(PAPER))
    levels = [int(node["/S"][2:]) for node in structure(root["/StructTreeRoot"]) if re.fullmatch(r"/H\d", str(node.get("/S")))]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def structure(node):
    """A node of the structure tree and all below it."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, dict):
        yield node
        kids = node.get("/K", [])
        kids = kids.get_object() if hasattr(kids, "get_object") else kids
        for kid in kids if isinstance(kids, list) else [kids]:
            yield from structure(kid)


def test_the_figures_of_the_word_file_have_their_alternative_texts(results):
    with zipfile.ZipFile(ROOT / "paper" / "paper.docx") as parts:
        document = parts.read("word/document.xml").decode("utf-8")
    found = re.findall(r"<wp:docPr [^>]*descr=\"([^\"]*)\"", document)
    shown = [name for kind, name, _ in BLOCK.findall(PAPER) if kind == "figure"]
    assert [text[:40] for text in found] == [results.figures[name][:40] for name in shown]


def test_numbers_are_written_without_the_digits_in_which_machines_differ(results):
    written = json.loads((ROOT / "paper" / "results.json").read_text(encoding="utf-8"))
    assert round_numbers(written) == written

    def nudged(value):
        if isinstance(value, dict):
            return {key: nudged(one) for key, one in value.items()}
        return float(np.nextafter(value, np.inf)) if isinstance(value, float) and value else value

    assert nudged(written) != written
    assert round_numbers(nudged(written)) == written


def test_the_list_of_figures_is_whole():
    plots = {name for name in fr.figures.__all__ if name.startswith("plot_")}
    assert set(FIGURES) == plots
    assert set(json.loads((ROOT / "benchmarks" / "results" / "figures.json").read_text(encoding="utf-8"))) == plots
    assert {name for _, _, name in list_saved()} == {path.stem for path in (ROOT / "figures").iterdir()}
    table = table_figures()
    assert table["Notebook"].str.len().min() > 0
    paper = {name for kind, name, _ in BLOCK.findall(PAPER) if kind == "figure"}
    assert paper <= {name for notebook, _, name in list_saved() if notebook == "06_paper_figures"}


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_the_paper_s_modules_run(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_the_readme_shows_the_computed_tables(results):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert fill_readme(readme, results) == readme


def test_look_up_formats_and_follows_dots():
    assert look_up({"a": {"b": 0.126}}, "a.b", ".2f") == "0.13"


def test_the_derived_data_carry_no_text_and_name_their_origin():
    for path in (ROOT / "paper" / "data").glob("*_scores.csv"):
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
        assert "text" not in table.columns
        assert "title" not in table.columns
        assert table.map(len).to_numpy().max() < 300
    provenance = json.loads((ROOT / "paper" / "data" / "provenance.json").read_text(encoding="utf-8"))
    assert set(provenance) == {"allsides", "basil", "uk_ukraine"}
    for one in provenance.values():
        assert one["lexicons"] == lexicon_digest(), "the lexicons changed: run `make corpora` and commit paper/data"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "place"),
    [("uk_ukraine", "uk_ukraine"), ("basil", "basil_stories/articles.jsonl"), ("allsides", "allsides_stories/articles.jsonl")],
)
def test_the_derived_data_are_what_the_corpora_give(corpora, tmp_path, name, place):
    tables, provenance = derive(name, corpora / place)
    committed = json.loads((ROOT / "paper" / "data" / "provenance.json").read_text(encoding="utf-8"))
    assert provenance == committed[name]
    for stem, table in tables.items():
        path = tmp_path / f"{stem}.csv"
        table.to_csv(path, index=False, lineterminator="\n")
        assert path.read_bytes() == (ROOT / "paper" / "data" / path.name).read_bytes(), stem

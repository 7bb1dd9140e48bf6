"""The command line: what each command writes, says and returns, and that a rerun gives the same bytes."""

import json
import os
import subprocess
import sys

import pandas as pd
import pytest

import framing as fr
from framing.cli import main
from framing.commands.outlets import DEFAULT_MEASURES
from framing.compare import design
from framing.compare.inference import COLUMNS
from framing.measure.validated import is_validated
from framing.store import TABLES

ARTICLES = {
    "harbour-courier": 'The port of Sorrel may close, the mayor said. "It could rain for weeks," she told the Courier.',
    "harbour-lantern": "The shameful collapse of the port is clearly a disaster. Nobody in Sorrel denied it.",
    "bridge-courier": "Caldria might rebuild the bridge. Its minister, Ilse Maravek, said that work would begin in May.",
    "bridge-lantern": "Critics slammed the bridge. “Never,” said Otmar Brae, a retired general.",
}
ROWS = [
    {"article": name, "outlet": name.split("-")[1].title(), "story": name.split("-")[0], "text": text}
    for name, text in ARTICLES.items()
]
# The promise of the design: the columns of every table, spelled out here so that a change is a decision.
PROMISED = {
    "articles": "article outlet title text date story topic url",
    "marks": "article outlet measure category start end text entry voice attribution sentence weight",
    "attributions": "article outlet attribution scope mode stance cue cue_start cue_end lemma source source_start source_end "
    "speaker source_type naming content n_content_words precision probability",
    "excluded": "article start end rule text",
    "sentences": "article sentence start end n_words n_words_journalist n_words_quoted n_words_reported",
    "contrasts": "measure outlet reference effect estimate conf_low conf_high p_value p_adjusted rate rate_reference count "
    "count_reference n_articles n_articles_reference n_strata n_units min_p method adjust status note",
}


@pytest.fixture
def jsonl(tmp_path):
    path = tmp_path / "corpus.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    return path


@pytest.fixture
def scored(tmp_path, jsonl):
    """A results folder of the four small articles."""
    assert main(["score", str(jsonl), "-o", str(tmp_path / "results"), "--quiet"]) == 0
    return tmp_path / "results"


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """A results folder of the demo corpus."""
    folder = tmp_path_factory.mktemp("demo")
    assert main(["score", str(fr.DEMO), "-o", str(folder), "--quiet"]) == 0
    return folder


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def write_input(folder, kind):
    """The four articles as one kind of input; gives the path."""
    table = pd.DataFrame(ROWS)
    path = folder / f"corpus.{kind}"
    if kind == "txt":
        path = folder / "texts"
        path.mkdir()
        for name, text in ARTICLES.items():
            (path / f"{name}.txt").write_text(text, encoding="utf-8")
    elif kind == "parquet":
        table.to_parquet(path)
    elif kind == "jsonl":
        table.to_json(path, orient="records", lines=True, force_ascii=False)
    else:
        table.to_csv(path, index=False)
    return path


@pytest.mark.parametrize("kind", ["txt", "csv", "jsonl", "parquet"])
def test_every_kind_of_input_is_scored(tmp_path, capsys, kind):
    folder = tmp_path / "results"
    assert main(["score", str(write_input(tmp_path, kind)), "-o", str(folder), "--quiet"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("4 articles, ")
    assert said.err == ""
    articles = pd.read_csv(folder / "articles.csv", dtype=str, keep_default_na=False).set_index("article")
    assert articles["text"].to_dict() == ARTICLES
    assert set(articles["outlet"]) == ({"unknown"} if kind == "txt" else {"Courier", "Lantern"})


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_the_promised_files_stand_there_with_exactly_the_promised_columns(tmp_path, jsonl, kind):
    folder = tmp_path / "results"
    assert main(["score", str(jsonl), "-o", str(folder), "--format", kind, "--quiet"]) == 0
    assert set(files(folder)) == {*(f"{name}.{kind}" for name in TABLES), "noticed.jsonl", "refused.jsonl", "run.json"}
    read = pd.read_parquet if kind == "parquet" else pd.read_csv
    for name in TABLES:
        columns = list(read(folder / f"{name}.{kind}").columns)
        if name != "scores":
            assert columns == PROMISED[name].split()
        else:
            assert columns[:7] == "article outlet story topic date n_words n_sentences".split()
            assert {"n_words_journalist", "n_attributions", "hedging", "hedging_journalist", "war_peace_war_quoted"} <= {*columns}
    assert (folder / "refused.jsonl").read_bytes() == b""


def test_counts_in_the_scores_are_integers_and_agree_with_the_marks(scored):
    scores, marks = pd.read_csv(scored / "scores.csv"), pd.read_csv(scored / "marks.csv")
    assert set(scores.iloc[:, 5:].drop(columns=["tone_polarity", "tone_subjectivity"]).dtypes.astype(str)) == {"int64"}
    own = marks[(marks["measure"] == "hedging") & (marks["voice"] == "journalist")].groupby("article").size()
    assert scores.set_index("article")["hedging_journalist"].to_dict() == own.reindex(scores["article"]).fillna(0).to_dict()


def test_run_json_holds_versions_lexicons_arguments_and_input(scored):
    run = json.loads((scored / "run.json").read_text(encoding="utf-8"))
    assert list(run) == ["versions", "lexicons", "arguments", "input", "n_articles", "n_refused"]
    assert run["versions"]["framing"] == fr.__version__
    assert run["arguments"] == {"input": ["corpus.jsonl"], "format": "csv", "furniture": False}
    assert (run["n_articles"], run["n_refused"]) == (4, 0)


def test_furniture_is_counted_when_asked_for(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text("Advertisement\nThe port of Sorrel may close on Monday.", encoding="utf-8")
    words = []
    for option in ([], ["--furniture"]):
        assert main(["score", str(path), "-o", str(tmp_path / "results"), "--quiet", *option]) == 0
        words.append(int(pd.read_csv(tmp_path / "results" / "scores.csv")["n_words"].sum()))
    assert words == [8, 9]


def test_a_refused_record_is_named_and_every_other_article_is_scored(tmp_path, jsonl, capsys):
    faulty = tmp_path / "faulty.jsonl"
    faulty.write_text('{"article": "empty", "text": " "}\nno json\n' + jsonl.read_text(encoding="utf-8"), encoding="utf-8")
    assert main(["score", str(faulty), "-o", str(tmp_path / "results"), "--quiet"]) == 3
    refused = [json.loads(line) for line in (tmp_path / "results" / "refused.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [list(one) for one in refused] == [["file", "record", "reason"]] * 2
    assert [(one["file"], one["record"]) for one in refused] == [
        ("faulty.jsonl", "line 1, article empty"),
        ("faulty.jsonl", "line 2"),
    ]
    assert pd.read_csv(tmp_path / "results" / "scores.csv")["article"].tolist() == list(ARTICLES)
    said = capsys.readouterr()
    assert "refused: faulty.jsonl, line 1, article empty: the text is empty" in said.err
    assert "2 records were refused" in said.out
    assert json.loads((tmp_path / "results" / "run.json").read_text(encoding="utf-8"))["n_refused"] == 2


def test_of_many_refusals_ten_are_said_and_all_are_written(tmp_path, jsonl, capsys):
    jsonl.write_text(jsonl.read_text(encoding="utf-8") + "no json\n" * 13, encoding="utf-8")
    assert main(["score", str(jsonl), "-o", str(tmp_path / "results"), "--quiet"]) == 3
    assert capsys.readouterr().err.endswith("... and 3 more\n")
    assert (tmp_path / "results" / "refused.jsonl").read_text(encoding="utf-8").count("\n") == 13


def test_a_progress_bar_stands_in_a_terminal_unless_quiet(tmp_path, jsonl, capsys, monkeypatch):
    monkeypatch.setattr("framing.corpus.progress.SECONDS", 0.0)
    monkeypatch.setattr("framing.corpus.progress._is_seen", lambda: True)
    assert main(["score", str(jsonl), "-o", str(tmp_path / "results")]) == 0
    assert "annotating: 100%" in capsys.readouterr().err
    assert main(["score", str(jsonl), "-o", str(tmp_path / "results"), "--quiet"]) == 0
    assert capsys.readouterr().err == ""


def run_everything(jsonl, folder):
    codes = [main(["score", str(jsonl), "-o", str(folder), "--quiet"])]
    codes += [main([command, str(folder)]) for command in ("compare", "figures", "read")]
    assert codes == [0, 0, 0, 0]
    return files(folder)


def test_two_runs_give_the_same_bytes(tmp_path, jsonl):
    assert run_everything(jsonl, tmp_path / "one") == run_everything(jsonl, tmp_path / "other")


def test_another_process_hash_seed_and_working_directory_give_the_same_bytes(tmp_path, jsonl):
    here = run_everything(jsonl, tmp_path / "one")
    (tmp_path / "elsewhere").mkdir()
    for command in (
        ["score", "../corpus.jsonl", "-o", "results"],
        ["compare", "results"],
        ["figures", "results"],
        ["read", "results"],
    ):
        subprocess.run(
            [sys.executable, "-m", "framing", *command],
            cwd=tmp_path / "elsewhere", env={**os.environ, "PYTHONHASHSEED": "1"}, check=True, capture_output=True,
        )  # fmt: skip
    assert files(tmp_path / "elsewhere" / "results") == here


def test_compare_writes_design_contrasts_and_tables_and_says_why_there_is_no_p(demo, capsys):
    assert main(["compare", str(demo), "--reference", "Daily Lantern", "--measures", "attributions", "boosters"]) == 0
    table = pd.read_csv(demo / "contrasts.csv")
    assert list(table.columns) == list(COLUMNS) == PROMISED["contrasts"].split()
    assert list(pd.read_csv(demo / "design.csv").columns) == list(design.COLUMNS)
    assert set(table["reference"]) == {"Daily Lantern"}
    assert table["n_strata"].eq(6).all()
    assert {path.name for path in demo.glob("contrasts_table.*")} == {
        "contrasts_table.csv",
        "contrasts_table.tex",
        "contrasts_table.md",
        "contrasts_table.txt",
    }
    said = capsys.readouterr().out
    assert "compare within the 6 shared stories" in said
    assert "boosters, Harbour Ledger / Daily Lantern (descriptive): fewer than 5 occurrences" in said


def test_the_voice_and_the_outlets_can_be_chosen(demo):
    two = ["Marrow Bay Courier", "Caldria Public Radio"]
    counts = {}
    for voice in ("journalist", "all"):
        assert main(["compare", str(demo), "--measures", "hedging", "--voice", voice, "--outlets", *two, "--seed", "3"]) == 0
        table = pd.read_csv(demo / "contrasts.csv")
        assert set(table["outlet"]) | set(table["reference"]) == set(two)
        counts[voice] = table["count"].iloc[0] + table["count_reference"].iloc[0]
    assert counts["journalist"] < counts["all"]


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_one_article_per_outlet_is_described_without_a_p_and_still_drawn(tmp_path, jsonl, kind):
    jsonl.write_text("".join(json.dumps(row) + "\n" for row in ROWS[:2]), encoding="utf-8")
    folder = tmp_path / "results"
    assert main(["score", str(jsonl), "-o", str(folder), "--format", kind, "--quiet"]) == 0
    assert main(["compare", str(folder)]) == 0
    table = pd.read_csv(folder / "contrasts.csv")
    assert set(table["status"]) == {"descriptive"}
    assert table[["p_value", "p_adjusted", "conf_low", "conf_high"]].isna().all(axis=None)
    assert table["note"].str.len().gt(0).all()
    assert main(["figures", str(folder)]) == 0
    assert (folder / "figures" / "contrasts.pdf").stat().st_size > 1000


def test_one_outlet_is_nothing_to_compare_and_still_drawn(tmp_path, capsys):
    folder = tmp_path / "results"
    assert main(["score", str(write_input(tmp_path, "txt")), "-o", str(folder), "--quiet"]) == 0
    assert main(["compare", str(folder)]) == 0
    assert "There is one outlet only" in capsys.readouterr().out
    assert main(["figures", str(folder)]) == 0
    assert "contrasts: There is nothing to draw" in capsys.readouterr().err
    assert {path.stem for path in (folder / "figures").iterdir()} == {"voices", "sources", "rates"}


def test_figures_come_as_pdf_svg_png_with_their_numbers_and_caption(demo, capsys):
    assert main(["compare", str(demo), "--measures", "attributions"]) == 0
    capsys.readouterr()
    assert main(["figures", str(demo), "--style", "compact"]) == 0
    names = ["voices", "sources", "rates", "contrasts"]
    assert capsys.readouterr().out.splitlines() == [str(demo / "figures" / f"{name}.pdf") for name in names]
    endings = ("pdf", "svg", "png", "csv", "txt")
    assert set(files(demo / "figures")) == {f"{name}.{ending}" for name in names for ending in endings}


def test_figures_without_an_attribution_are_drawn_as_far_as_they_go(tmp_path, capsys):
    path = tmp_path / "plain.csv"
    path.write_text("outlet,text\nCourier,The sun shone in Sorrel.\nLantern,The rain fell in Sorrel.\n", encoding="utf-8")
    assert main(["score", str(path), "-o", str(tmp_path / "results"), "--quiet"]) == 0
    assert main(["figures", str(tmp_path / "results")]) == 0
    assert "sources: There is nothing to draw: the table of attributions is empty." in capsys.readouterr().err
    assert (tmp_path / "results" / "figures" / "voices.pdf").is_file()


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_read_writes_the_page_of_the_stored_corpus(tmp_path, jsonl, kind, capsys):
    folder = tmp_path / "results"
    assert main(["score", str(jsonl), "-o", str(folder), "--format", kind, "--quiet"]) == 0
    assert main(["read", str(folder)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == str(folder / "articles.html")
    page = (folder / "articles.html").read_text(encoding="utf-8")
    assert page == fr.read_page(fr.annotate(fr.read_articles(jsonl), progress=False))


def test_validate_compares_the_tool_with_every_coder(demo, capsys):
    assert main(["validate", str(demo), str(fr.DEMO.with_name("coding.jsonl"))]) == 0
    said = capsys.readouterr().out
    assert "| attribution | framing | A |" in said
    assert "| hedge | framing | B |" in said
    assert "| furniture | A | B |" in said


def test_a_sheet_is_drawn_filled_and_validated_by_outlet(demo, tmp_path, capsys):
    path = tmp_path / "sheet.csv"
    assert main(["sheet", str(demo), "-o", str(path), "--n", "5", "--measures", "hedging", "attributions"]) == 0
    assert capsys.readouterr().out.startswith(f"20 articles in {path}: count hedging, attributions in each")
    sheet = pd.read_csv(path, keep_default_na=False, encoding="utf-8-sig")
    assert list(sheet.columns) == ["article", "title", "text", "hedging", "attributions", "p_gold"]
    truth = pd.read_csv(demo / "scores.csv").set_index("article").loc[sheet["article"]]
    sheet["hedging"], sheet["attributions"] = truth["hedging"].to_numpy(), 2 * truth["n_attributions"].to_numpy()
    sheet.to_csv(path, index=False)
    assert main(["validate", str(demo), str(path)]) == 0
    said = capsys.readouterr().out
    assert "| hedging | Daily Lantern | found_per_gold | 1.0 |" in said
    assert "| attributions | Daily Lantern | found_per_gold | 0.5 |" in said
    assert "the error is the same in every article: there is no difference to test" in said


def test_a_bad_cell_of_a_sheet_is_named_and_the_rest_is_validated(demo, tmp_path, capsys):
    path = tmp_path / "sheet.csv"
    assert main(["sheet", str(demo), "-o", str(path), "--n", "5", "--measures", "hedging"]) == 0
    sheet = pd.read_csv(path, keep_default_na=False, encoding="utf-8-sig")
    sheet["hedging"] = ["many"] + ["3"] * 19
    sheet.to_csv(path, index=False)
    capsys.readouterr()
    assert main(["validate", str(demo), str(path)]) == 3
    said = capsys.readouterr()
    assert said.err == "not counted: sheet.csv, row 2: hedging is 'many'; counts are 0, 1, 2 and so on\n"
    assert "| hedging | found_per_gold |" in said.out


def test_lexicon_check_passes_and_names_what_fails(capsys, monkeypatch):
    assert main(["lexicon", "check"]) == 0
    assert capsys.readouterr().out == "All entries and rules pass their two sentences.\n"
    monkeypatch.setattr(
        "framing.commands.lexicon.check_lexicons", lambda: ["hedging.csv, hedging/may: the example is not marked: May."]
    )
    assert main(["lexicon", "check"]) == 2
    assert "hedging/may: the example is not marked" in capsys.readouterr().out


def test_default_figures_show_validated_measures_only():
    assert all(is_validated(measure) for measure in DEFAULT_MEASURES)


def test_lexicon_stats_counts_entries_in_the_given_articles(jsonl, capsys):
    assert main(["lexicon", "stats", "hedging", "--input", str(jsonl), "-n", "3"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("2 of 4 articles have a hit; the three commonest entries make ")
    assert lines[1] == "| entry | category | hits | share | cumulative |"
    assert {line.split(" | ")[0].removeprefix("| ") for line in lines[3:6]} == {"hedging/may", "hedging/could", "hedging/might"}


def test_lexicon_kwic_writes_a_coding_sheet(jsonl, tmp_path):
    assert main(["lexicon", "kwic", "hedging/may", "--input", str(jsonl), "-o", str(tmp_path / "sheet.csv")]) == 0
    sheet = pd.read_csv(tmp_path / "sheet.csv", keep_default_na=False)
    assert len(sheet) >= 1
    assert set(sheet["keyword"].str.lower()) == {"may"}
    assert set(sheet["right"]) == {""}


def test_lexicon_kwic_shows_an_entry_in_its_contexts(jsonl, capsys):
    assert main(["lexicon", "kwic", "hedging/may", "--input", str(jsonl)]) == 0
    found = capsys.readouterr().out.splitlines()[2]
    assert found.startswith("| harbour-courier | Courier | 19 | The port of Sorrel | may | close, the mayor said.")


def spoil(folder, name):
    path = folder / f"{name}.csv"
    path.write_text("article,outlet\na,b\n", encoding="utf-8")


def remove(folder, name):
    (folder / f"{name}.csv").unlink()


BAD_INPUT = {
    "no such input": (["score", "{tmp}/nowhere", "-o", "{tmp}/out"], "There is no file or folder"),
    "an empty folder": (["score", "{tmp}/empty", "-o", "{tmp}/out"], "holds no files"),
    "nothing readable": (["score", "{tmp}/letter.docx", "-o", "{tmp}/out"], "No article could be read"),
    "a file as output": (["score", "{tmp}/corpus.jsonl", "-o", "{tmp}/letter.docx"], "is a file; name a folder"),
    "a file as the demo's output": (["demo", "-o", "{tmp}/letter.docx"], "is a file; name a folder"),
    "no results folder": (["compare", "{tmp}/nowhere"], "holds no scores.csv or scores.parquet"),
    "a file as results folder": (["figures", "{tmp}/letter.docx"], "holds no scores.csv"),
    "an unknown measure": (["compare", "{tmp}/results", "--measures", "sarcasm"], "There is no measure 'sarcasm'"),
    "an unknown reference": (["compare", "{tmp}/results", "--reference", "Herald"], "There is no outlet 'Herald'"),
    "an unknown outlet": (["compare", "{tmp}/results", "--outlets", "Herald", "Courier"], "There is no outlet 'Herald'"),
    "unknown strata": (["compare", "{tmp}/results", "--strata", "party"], "There is no column 'party'"),
    "no gold": (["validate", "{tmp}/results", "{tmp}/nowhere.jsonl"], "the coding cannot be read"),
    "empty gold": (["validate", "{tmp}/results", "{tmp}/empty.jsonl"], "the file holds no coded unit"),
    "bad gold": (["validate", "{tmp}/results", "{tmp}/letter.docx"], "letter.docx, line 1: not a coded unit"),
    "no sheet": (["validate", "{tmp}/results", "{tmp}/nowhere.csv"], "nowhere.csv: the sheet cannot be read"),
    "an unfilled sheet": (["validate", "{tmp}/results", "{tmp}/unfilled.csv"], "unfilled.csv: no measure has a count"),
    "a sheet over another": (
        ["sheet", "{tmp}/results", "-o", "{tmp}/unfilled.csv", "--measures", "hedging"],
        "unfilled.csv exists and may hold a coder's work",
    ),
    "a sheet of an unknown measure": (
        ["sheet", "{tmp}/results", "-o", "{tmp}/out", "--measures", "sarcasm"],
        "There is no measure 'sarcasm'",
    ),
    "an unknown lexicon": (["lexicon", "stats", "sarcasm"], "There is no lexicon 'sarcasm'"),
    "a lexicon that leaves no marks": (["lexicon", "stats", "attribution"], "leaves no marks to count"),
    "an entry that leaves no marks": (["lexicon", "kwic", "attribution/say"], "leaves no marks to count"),
    "an unknown entry": (["lexicon", "kwic", "hedging/sarcasm"], "There is no entry 'hedging/sarcasm'"),
}


@pytest.mark.parametrize("case", BAD_INPUT)
def test_bad_input_is_2_and_one_sentence(tmp_path, scored, capsys, case):
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty.jsonl").touch()
    (tmp_path / "unfilled.csv").write_text("article,text,hedging,p_gold\nharbour-courier,x,,1.0\n", encoding="utf-8")
    (tmp_path / "letter.docx").write_text("no json", encoding="utf-8")
    arguments, sentence = BAD_INPUT[case]
    before = files(scored)
    assert main([argument.format(tmp=tmp_path) for argument in arguments]) == 2
    said = capsys.readouterr().err
    assert said.startswith("framing: ")
    assert sentence in said
    assert said.count("\n") == 1
    assert files(scored) == before
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", [["compare"], ["figures"], ["read"], ["validate", "GOLD"]])
@pytest.mark.parametrize("damage", [spoil, remove])
def test_damaged_and_missing_tables_are_2_and_named(scored, capsys, command, damage):
    name = "scores" if command[0] in ("compare", "figures") else "marks"
    damage(scored, name)
    assert main([command[0], str(scored), *command[1:]]) == 2
    assert f"{name}.csv" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [[], ["sing"], ["score", "x"], ["score", "x", "-o", "y", "--format", "xlsx"], ["lexicon", "stats", "hedging", "-n", "0"]],
)
def test_arguments_that_make_no_command_are_2(arguments, capsys):
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage: framing" in capsys.readouterr().err


def test_a_failing_disk_is_1_and_one_sentence(tmp_path, jsonl, capsys, monkeypatch):
    def fail(table, target, **options):
        raise OSError(28, "No space left on device", str(target))

    monkeypatch.setattr(pd.DataFrame, "to_csv", fail)
    assert main(["score", str(jsonl), "-o", str(tmp_path / "results"), "--quiet"]) == 1
    assert "articles.csv.part: No space left on device" in capsys.readouterr().err


def test_an_interruption_is_130_and_leaves_nothing_half_written(tmp_path, jsonl, capsys, monkeypatch):
    write = pd.DataFrame.to_csv

    def interrupted(table, target, **options):
        write(table, target, **options)
        if target.name.startswith("marks"):
            target.write_text(target.read_text(encoding="utf-8")[:100], encoding="utf-8")
            raise KeyboardInterrupt

    monkeypatch.setattr(pd.DataFrame, "to_csv", interrupted)
    assert main(["score", str(jsonl), "-o", str(tmp_path / "results"), "--quiet"]) == 130
    assert "interrupted; nothing half-written was left behind" in capsys.readouterr().err
    assert set(files(tmp_path / "results")) == {"articles.csv"}
    monkeypatch.undo()
    assert main(["read", str(tmp_path / "results")]) == 2
    assert main(["score", str(jsonl), "-o", str(tmp_path / "results"), "--quiet"]) == 0
    assert main(["read", str(tmp_path / "results")]) == 0


def test_an_interruption_while_reading_articles_writes_nothing(tmp_path, jsonl, monkeypatch):
    def interrupted(*arguments, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr("framing.commands.articles.annotate", interrupted)
    assert main(["score", str(jsonl), "-o", str(tmp_path / "results"), "--quiet"]) == 130
    assert not (tmp_path / "results").exists()


def test_the_demo_is_scored_into_a_folder_of_its_own(tmp_path, demo, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["demo", "-o", "demo"]) == 0
    tables = {f"{name}.csv" for name in TABLES}
    found, wanted = files(tmp_path / "demo"), files(demo)
    assert {name: found[name] for name in tables} == {name: wanted[name] for name in tables}
    assert main(["demo"]) == 2
    assert "give an output folder: framing demo -o DIR" in capsys.readouterr().err


def test_of_many_outlets_those_with_the_most_articles_are_compared(tmp_path, capsys):
    lines = [
        json.dumps({"article": f"a{outlet}-{n}", "outlet": f"O{outlet:02}", "text": "The truce may hold, the ministry said."})
        for outlet in range(13)
        for n in range(1 + (outlet != 5))
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert main(["score", str(tmp_path / "in.jsonl"), "-o", str(tmp_path / "out"), "--quiet"]) == 0
    assert main(["compare", str(tmp_path / "out"), "--measures", "hedging", "--reference", "O05"]) == 0
    assert "13 outlets: the 10 with the most articles" in capsys.readouterr().out
    contrasts = pd.read_csv(tmp_path / "out" / "contrasts.csv")
    assert len(contrasts) == 10
    assert set(contrasts["reference"]) == {"O05"}

"""Tables for a paper: what a reader sees, and that no outlet's name can break the file it stands in."""

import numpy as np
import pandas as pd
import pytest

from framing.show.tables import (
    format_contrasts,
    format_descriptions,
    note_contrasts,
    note_descriptions,
    to_latex,
    to_markdown,
    to_typst,
    write_table,
)

CONTRAST = {
    "measure": "hedging", "outlet": "Lantern", "reference": "Courier", "rate": 1.234, "rate_reference": 0.0, "estimate": 1.5,
    "conf_low": 1.1, "conf_high": 2.05, "p_adjusted": 0.04, "n_units": 6, "status": "ok",
}  # fmt: skip


def shown(**changes):
    """The one row of a formatted contrast."""
    return format_contrasts(pd.DataFrame([{**CONTRAST, **changes}])).iloc[0].to_dict()


def test_a_contrast_is_shown_with_two_decimals_and_its_interval():
    assert shown() == {
        "Measure": "Hedging", "Outlet": "Lantern", "Reference": "Courier", "Rate": "1.23", "Reference rate": "0.00",
        "Rate ratio": "1.50", "95 % interval": "1.10, 2.05", "p (adjusted)": ".040", "Units": "6", "Status": "ok",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("p", "text"),
    [(0.0004, "< .001"), (0.000999, "< .001"), (0.001, ".001"), (0.05, ".050"), (0.9999, "1.000"), (1.0, "1.000"), (np.nan, "–")],
)
def test_a_p_is_shown_as_apa_wants_it(p, text):
    assert shown(p_adjusted=p)["p (adjusted)"] == text


def test_what_does_not_exist_is_a_dash_and_what_has_no_end_is_infinity():
    row = shown(estimate=np.nan, conf_low=np.nan, conf_high=np.nan, p_adjusted=np.nan, status="descriptive")
    assert [row[name] for name in ("Rate ratio", "95 % interval", "p (adjusted)")] == ["–", "–", "–"]
    row = shown(estimate=np.inf, conf_low=1.3, conf_high=np.inf)
    assert [row["Rate ratio"], row["95 % interval"]] == ["∞", "1.30, ∞"]


def test_rows_keep_their_order_and_are_numbered_anew():
    table = pd.DataFrame([{**CONTRAST, "outlet": name} for name in "cab"], index=[7, 3, 7])
    assert format_contrasts(table)["Outlet"].tolist() == list("cab")
    assert format_contrasts(table).index.tolist() == [0, 1, 2]


def test_no_contrast_is_an_empty_table_with_its_head():
    empty = format_contrasts(pd.DataFrame([CONTRAST]).head(0))
    assert list(empty.columns) == list(shown())
    assert to_markdown(empty).count("\n") == 2


def test_descriptions_are_shown_with_counts_and_rates():
    table = pd.DataFrame({
        "measure": ["loaded", "attributions"], "outlet": ["Lantern", "Radio"], "n_articles": [6, 1], "count": [31, 0],
        "rate": [12.25, 0.0], "conf_low": [8.0, np.nan], "conf_high": [np.inf, np.nan],
    })  # fmt: skip
    assert format_descriptions(table).to_numpy().tolist() == [
        ["Loaded words", "Lantern", "6", "31", "12.25", "8.00, ∞"],
        ["Attributions", "Radio", "1", "0", "0.00", "–"],
    ]


def test_latex_is_a_booktabs_tabular_with_numbers_to_the_right():
    table = pd.DataFrame({"Outlet": ["Courier"], "Rate": ["1.20"], "Interval": ["0.80, ∞"], "p": ["< .001"], "None": ["–"]})
    assert to_latex(table).splitlines() == [
        r"\begin{tabular}{lrrrr}",
        r"\toprule",
        r"Outlet & Rate & Interval & p & None \\",
        r"\midrule",
        r"Courier & 1.20 & 0.80, $\infty$ & $<$ .001 & -- \\",
        r"\bottomrule",
        r"\end{tabular}",
    ]


@pytest.mark.parametrize(
    ("name", "latex"),
    [
        ("Sorrel & Sons", r"Sorrel \& Sons"),
        ("95 % {of} $3 #1", r"95 \% \{of\} \$3 \#1"),
        ("a_b^c~d", r"a\_b\^{}c\textasciitilde{}d"),
        (r"C:\new", r"C:\textbackslash{}new"),
        ("[Radio]", "{[}Radio]"),
        ("<b>", "$<$b$>$"),
    ],
)
def test_latex_takes_every_character_for_itself(name, latex):
    assert to_latex(pd.DataFrame({"Outlet": [name]})).splitlines()[4] == rf"{latex} \\"
    assert to_latex(pd.DataFrame({name: ["x"]})).splitlines()[2] == rf"{latex} \\"


def test_markdown_is_a_pipe_table_with_numbers_to_the_right():
    table = pd.DataFrame({"Outlet": ["Courier", "a|b"], "n": ["6", "–"], "Note": ["two\nlines", "6 articles"]})
    assert to_markdown(table).splitlines() == [
        "| Outlet | n | Note |",
        "|:---|---:|:---|",
        "| Courier | 6 | two lines |",
        r"| a\|b | – | 6 articles |",
    ]


def test_a_table_without_rows_keeps_words_and_head_to_the_left():
    assert to_markdown(pd.DataFrame({"Outlet": []})) == "| Outlet |\n|:---|\n"


HARD_NAMES = [
    "Sorrel & Sons", "#1 [Radio] *bold* _it_ `code` $x$ <tag> @who ~", r"back\slash", "https://example.org // no comment",
    "= no heading", "- no list", "+ no list", "/ no: term", "-", "ends with \\",
]  # fmt: skip


def test_typst_aligns_numbers_to_the_right_and_takes_every_character_for_itself():
    source = to_typst(pd.DataFrame({"Outlet": ["a#b", "= c", "-0.5"], "Rate": ["1.20", "–", "∞"]}))
    assert "columns: (auto, auto), align: (left, right)" in source
    assert "table.header([Outlet], [Rate])" in source
    assert r"[a\#b], [1.20]," in source
    assert r"[\= c], [–]," in source
    assert "[-0.5], [∞]," in source


def test_typst_itself_accepts_every_name():
    typst = pytest.importorskip("typst", reason="the paper extra is not installed")
    table = pd.DataFrame({"Outlet": HARD_NAMES, "n": range(len(HARD_NAMES))})
    code = f"#metadata(none)\n{to_typst(table)}".encode()
    assert typst.compile(code).startswith(b"%PDF")


def test_a_written_table_is_the_same_table_three_times(tmp_path):
    table = format_contrasts(pd.DataFrame([CONTRAST]))
    paths = write_table(table, "contrasts", tmp_path / "new" / "folder")
    assert [path.name for path in paths] == ["contrasts.csv", "contrasts.tex", "contrasts.md"]
    assert pd.read_csv(paths[0], dtype=str).equals(table.astype("str"))
    assert paths[1].read_text(encoding="utf-8") == to_latex(table)
    assert paths[2].read_text(encoding="utf-8") == to_markdown(table)
    before = [path.read_bytes() for path in paths]
    assert [path.read_bytes() for path in write_table(table, "contrasts", str(tmp_path / "new" / "folder"))] == before
    assert not any(b"\r" in content for content in before)


def test_a_note_names_the_unit_of_every_measure_the_n_and_the_test():
    rows = [{**CONTRAST, "n_articles": 6, "n_articles_reference": 1204, "method": "sign-flip", "adjust": "holm"}]
    rows += [{**rows[0], "measure": name} for name in ("loaded", "attributions_stance_neutral", "n_attributed_words")]
    note = note_contrasts(pd.DataFrame(rows))
    assert note.startswith(
        "Rates: hedging, loaded words per 1,000 words; neutral verbs (share) % of attributions; attributed words (share) % of "
        "words. n = 6–1,204 articles a side. Intervals and p by sign-flip; p adjusted for 4 tests (holm)."
    )
    assert "p not adjusted" in note_contrasts(pd.DataFrame(rows).assign(adjust="none"))
    assert "by no test" in note_contrasts(pd.DataFrame(rows).assign(method=""))
    assert "n = 6 articles an outlet" in note_descriptions(pd.DataFrame({"measure": ["hedging"], "n_articles": [6]}))


def test_title_and_note_stand_in_every_file_but_the_editable_one(tmp_path):
    table = format_contrasts(pd.DataFrame([CONTRAST]))
    title, note = "Lantern & Courier", "Rates per 1,000 words; 95 % intervals."
    csv, tex, md, txt = write_table(table, "contrasts", tmp_path, title=title, note=note)
    assert pd.read_csv(csv, dtype=str).equals(table.astype("str"))
    lines = tex.read_text(encoding="utf-8").splitlines()
    assert lines[:4] == [r"\begin{table}", r"\centering", r"\caption{Lantern \& Courier}", r"\label{tab:contrasts}"]
    assert lines[-2:] == [
        r"\par\smallskip\footnotesize\raggedright\textit{Note.} Rates per 1,000 words; 95 \% intervals.",
        r"\end{table}",
    ]
    assert to_latex(table) in tex.read_text(encoding="utf-8")
    assert md.read_text(encoding="utf-8") == f"*{title}*\n\n{to_markdown(table)}\n*Note.* {note}\n"
    assert txt.read_text(encoding="utf-8") == f"{title}\n\n{note}\n"

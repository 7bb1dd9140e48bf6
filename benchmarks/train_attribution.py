"""Learns the weights of the attribution model from the hand-coded training articles (PolNeAR train).

    FRAMING_CORPORA=../shared/corpora python benchmarks/train_attribution.py [--folder FOLDER] [--articles N]

Writes cues.csv, roles.csv and readings.csv (to framing/measure/weights unless told otherwise). The third model is learned from
what the first two say of articles that they did not learn from. Features are selected by weight times the root of their count,
then the weights are fitted again. The same articles give the same weights; about 20 minutes on two cores.
"""

from __future__ import annotations

import argparse
import json
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import sparse

from crf import Sequences, fit_logistic, fit_sequences
from framing.measure import candidates, context, readings, roles, surroundings
from framing.measure.attributions import WORTH_READING
from framing.measure.labels import CUE, CUE_WORD, LABELS, SOURCE
from framing.measure.lemmas import find_lemma
from framing.measure.lexicon import WEIGHTS, Entry, load_lexicon
from framing.measure.model import Model
from framing.measure.repairs import repair
from framing.measure.roles import read_roles
from framing.measure.sequences import NEVER
from framing.measure.table import Ints, Table
from framing.measure.text import Text
from framing.measure.traits import COLON, LIGHT_VERBS, NEVER_CUES, QUOTATION
from framing.measure.units import Units, find_units
from framing.measure.vocabulary import Codes
from framing.measure.weights import Alphabet, Rows, Weights, combine, write_rows
from framing.measure.wordtable import Words

# How often a word, ending or feature must occur to be known (chosen).
FORM_COUNT, ENDING_COUNT, FEATURE_COUNT = 5, 50, 4
# Ridge penalties and rows kept (chosen on the training articles: 640 to learn, 200 to look at).
CUE_PENALTY, ROLE_PENALTY, READING_PENALTY = 6.0, 1.5, 7.0
CUE_ROWS, ROLE_ROWS, READING_ROWS = 12_000, 24_000, 4_000
SMALLEST = 0.03  # of the roles' weights, which have nine columns (chosen for the file's size; totals do not change)
ROLE_STEPS, FOLD_STEPS = 140, 80
LEXICON_TIMES = 3  # each sentence of the lexicon counts as so many of the articles' (chosen)


@dataclass(frozen=True)
class Coded:
    """An article with its hand-coded attributions by the unit of their cue's head."""

    units: Units
    described: Table
    gold: Mapping[int, dict]
    in_cue: np.ndarray


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, default=WEIGHTS)
    parser.add_argument("--articles", type=int, default=None, help="learn from the last N articles only")
    options = parser.parse_args()
    path = Path(os.environ["FRAMING_CORPORA"]) / "gold_attribution_polnear" / "train.jsonl"
    records = [json.loads(line) for line in path.open(encoding="utf-8")]
    records = records[-options.articles :] if options.articles else records
    texts = [Text("", record["text"]) for record in records]
    words = vocabulary(texts)
    coded = [code(record, text, words) for record, text in zip(records, texts, strict=True)]
    model = learn(coded, words)
    options.folder.mkdir(exist_ok=True)
    for name in ("cues", "roles", "readings"):
        weights = getattr(model, name)
        print(name, write_rows(options.folder / f"{name}.csv", weights, SMALLEST if name == "roles" else 0.005), "rows")
    with (options.folder / "roles.csv").open("a", encoding="utf-8") as file:
        for before, row in zip([*LABELS, "start"], model.moves, strict=True):
            file.write(",".join(["move", before, *(f"{weight:.2f}" for weight in row)]) + "\n")


def vocabulary(texts: Sequence[Text]) -> Words:
    forms = Counter(form for text in texts for form in text.lower)
    lemmas, endings = Counter(), Counter()
    for form, count in forms.items():
        lemmas[find_lemma(form)] += count
        endings[form[-3:]] += count
    special = ["<quotation>", "<colon>"]
    return Words(
        Codes([*special, *sorted(form for form, count in forms.items() if count >= FORM_COUNT and "|" not in form)]),
        Codes([*special, *sorted(lemma for lemma, count in lemmas.items() if count >= FORM_COUNT and "|" not in lemma)]),
        Codes(sorted(ending for ending, count in endings.items() if count >= ENDING_COUNT and "|" not in ending)),
    )


def code(record: dict, text: Text, words: Words) -> Coded:
    units = find_units([text], words)
    starts, is_quotation = units.offsets[0], units.has(QUOTATION)
    in_cue = np.zeros(len(units), dtype=bool)
    gold: dict[int, dict] = {}
    for one in record["attributions"]:
        inside = [unit for span in one["cue"] for unit in range(*np.searchsorted(starts, span))]
        inside = [unit for unit in inside if not is_quotation[unit]]
        in_cue[inside] = True
        if inside:
            gold[head(units, inside)] = one
    return Coded(units, context.describe(units), gold, in_cue)


def head(units: Units, inside: Sequence[int]) -> int:
    """The word of a gold cue that stands for it: a full verb before a noun or adjective, these before light verbs."""
    text, is_colon = units.pieces.texts[0], units.has(COLON)
    lemmas = {unit: find_lemma(text.lower[units.first[unit]]) if not is_colon[unit] else ":" for unit in inside}
    tags = {unit: text.tags[units.first[unit]] if not is_colon[unit] else ":" for unit in inside}
    full = [unit for unit in inside if tags[unit].startswith(("VB", "NN", "JJ")) and lemmas[unit] not in NEVER_CUES]
    full = full or [unit for unit in inside if lemmas[unit] not in NEVER_CUES] or list(inside)
    heavy = [unit for unit in full if lemmas[unit] not in LIGHT_VERBS]
    verbs = [unit for unit in heavy if tags[unit].startswith("VB")]
    return (verbs or heavy or full)[0]


def learn(coded: Sequence[Coded], words: Words) -> Model:
    folds = [learn_first(coded[1 - fold :: 2], words, FOLD_STEPS) for fold in (0, 1)]
    parts = [read_fold(coded[fold::2], folds[fold]) for fold in (0, 1)]
    parts += [read_lexicon(folds[0], words)] * LEXICON_TIMES
    columns = Table.join([part[0] for part in parts])
    right, unclear = (np.concatenate([part[i] for part in parts]) for i in (1, 2))
    clear = columns.take(~unclear)
    final = fit_rows(clear, right[~unclear], readings.TEMPLATES, readings.alphabet(words), READING_PENALTY, READING_ROWS)
    cues, roles_, moves = learn_first(coded, words, ROLE_STEPS)
    return Model(words, cues, roles_, moves, final)


def learn_first(coded: Sequence[Coded], words: Words, steps: int) -> tuple[Weights, Weights, np.ndarray]:
    """The weights of cues and roles."""
    places = [candidates.find_candidates(one.units) for one in coded]
    cases = list(zip(coded, places, strict=True))
    columns = Table.join([one.described.take(units) for one, units in cases])
    right = np.concatenate([np.isin(units, list(one.gold)) for one, units in cases])
    unclear = np.concatenate([one.in_cue[units] for one, units in cases]) & ~right
    sentences, is_example = lexicon_cases(words)
    columns = Table.join([columns, *[sentences] * LEXICON_TIMES])
    right = np.concatenate([right, *[is_example] * LEXICON_TIMES])
    unclear = np.concatenate([unclear, np.zeros(len(right) - len(unclear), dtype=bool)])
    clear = columns.take(~unclear)
    cues = fit_rows(clear, right[~unclear], candidates.TEMPLATES, context.alphabet(words), CUE_PENALTY, CUE_ROWS)
    print("cues learned", flush=True)
    return cues, *learn_roles(coded, words, steps)


def lexicon_cases(words: Words) -> tuple[Table, np.ndarray]:
    """The cue words of the attribution lexicon's own sentences: right in the example, wrong in the counterexample.

    So a verb that the articles hardly use is known by what the lexicon says of it.
    """
    columns, right = [], []
    for entry in load_lexicon("attribution"):
        for sentence, is_example in ((entry.example, True), (entry.counterexample, False)):
            units = find_units([Text("", sentence)], words)
            places = [unit for unit in candidates.find_candidates(units) if head_form(units, unit) in first_words(entry)]
            columns.append(context.describe(units).take(np.array(places[:1], dtype=np.int64)))
            right += [is_example] * len(places[:1])
    return Table.join(columns), np.array(right)


def read_lexicon(first: tuple[Weights, Weights, np.ndarray], words: Words) -> tuple[Table, np.ndarray, np.ndarray]:
    """As `read_fold` for the lexicon's sentences: in each, the reading of the entry's own word."""
    found, right = [], []
    for entry in load_lexicon("attribution"):
        for sentence, is_example in ((entry.example, True), (entry.counterexample, False)):
            units = find_units([Text("", sentence)], words)
            described = context.describe(units)
            places, columns = read(units, described, first)
            own = [number for number, unit in enumerate(places) if head_form(units, unit) in first_words(entry)][:1]
            found.append(columns.take(np.array(own, dtype=np.int64)))
            right += [is_example] * len(own)
    return Table.join(found), np.array(right), np.zeros(len(right), dtype=bool)


def head_form(units: Units, unit: int) -> str:
    return units.pieces.texts[0].lower[units.first[unit]]


def first_words(entry: Entry) -> set[str]:
    """The words of an entry's forms that can be cues by themselves."""
    return {word for form in entry.forms for word in form.lower().split() if find_lemma(word) not in NEVER_CUES | LIGHT_VERBS}


def learn_roles(coded: Sequence[Coded], words: Words, steps: int) -> tuple[Weights, np.ndarray]:
    alphabet = surroundings.alphabet(words)
    pairs = [(one, surroundings.pair_up(one.units, one.described, sorted(one.gold))) for one in coded if one.gold]
    columns = Table.join([pair.table for _, pair in pairs])
    labels = np.concatenate([label(one, pair) for one, pair in pairs])
    barred = np.concatenate([only_cue(pair) for _, pair in pairs])
    lengths = [length for _, pair in pairs for length in pair.lengths]
    del pairs
    matrix, kept = features(columns, roles.TEMPLATES, alphabet)
    sequences = Sequences(labels, lengths, barred)
    weights, moves = fit_sequences(matrix, sequences, ROLE_PENALTY, steps)
    chosen = strongest(np.abs(weights).max(axis=1), matrix, ROLE_ROWS)
    weights, moves = fit_sequences(matrix[:, chosen], sequences, ROLE_PENALTY, steps // 2, (weights[chosen], moves))
    print("roles learned", flush=True)
    return as_weights(kept, chosen, weights, LABELS, alphabet), moves


def read_fold(coded: Sequence[Coded], first: tuple[Weights, Weights, np.ndarray]) -> tuple[Table, np.ndarray, np.ndarray]:
    """Columns of the readings of articles that the weights have not seen, and which of them are right or unclear."""
    found, right, unclear = [], [], []
    for one in coded:
        places, columns = read(one.units, one.described, first)
        found.append(columns)
        is_right = np.isin(places, list(one.gold))
        right.append(is_right)
        unclear.append(one.in_cue[places] & ~is_right)
    return Table.join(found), np.concatenate(right), np.concatenate(unclear)


def read(units: Units, described: Table, first: tuple[Weights, Weights, np.ndarray]) -> tuple[np.ndarray, Table]:
    """The cues worth reading and the columns of their readings."""
    cues, role_weights, moves = first
    places = candidates.find_candidates(units)
    likely = candidates.score_candidates(places, described, cues)
    places, likely = places[likely >= WORTH_READING], likely[likely >= WORTH_READING]
    found = repair(units, described, read_roles(units, described, places, role_weights, moves), likely)
    return places, readings.describe_readings(units, described, found, likely)


def only_cue(pairs: surroundings.Pairs) -> np.ndarray:
    """0 where a label is possible, far below it elsewhere."""
    here = pairs.unit == pairs.cue
    barred = np.zeros((len(here), len(LABELS)))
    barred[here] = NEVER
    barred[~here, CUE] = NEVER
    barred[here, CUE] = 0
    return barred


def label(one: Coded, pairs: surroundings.Pairs) -> Ints:
    """The hand-coded role of every unit."""
    (starts, ends), is_quotation = one.units.offsets, one.units.has(QUOTATION)
    labels = np.zeros(len(pairs.unit), dtype=np.int64)
    begin = 0
    for length in pairs.lengths:
        window = slice(begin, begin + length)
        begin += length
        unit = pairs.unit[window]
        gold = one.gold[int(pairs.cue[window][0])]
        role = labels[window]
        opening = LABELS.index("clause begins" if is_clause(one, gold) else "phrase begins")
        for spans, first in ((gold["content"], opening), (gold["source"], SOURCE[0])):
            held = np.array([holds(spans, starts[u], ends[u], bool(is_quotation[u])) for u in unit])
            role[held] = first + np.concatenate([[0], held[:-1]])[held]
        cue = np.array([holds(gold["cue"], starts[u], ends[u], False) for u in unit]) & ~is_quotation[unit]
        role[cue] = CUE_WORD
        role[unit == pairs.cue[window]] = CUE
    return labels


def holds(spans: Sequence[Sequence[int]], start: int, end: int, whole: bool) -> bool:
    """Whether a span holds a unit's first character, or the larger part of a whole quotation."""
    if whole:
        return any(2 * (min(end, b) - max(start, a)) > end - start for a, b in spans)
    return any(a <= start < b for a, b in spans)


def is_clause(one: Coded, gold: dict) -> bool:
    finite = (one.described["finite"] > 0) | one.units.has(QUOTATION)
    return any(finite[slice(*np.searchsorted(one.units.offsets[0], span))].any() for span in gold["content"])


def features(columns: Table, templates: Sequence[str], alphabet: Alphabet) -> tuple[sparse.csr_matrix, list[tuple[str, Ints]]]:
    """Cases x features (0 or 1), and template and keys of the features, in order."""
    rows, places, kept, base = [], [], [], 0
    for template in templates:
        key, known = combine(template.split(), columns, alphabet)
        keys, inverse, counts = np.unique(np.where(known, key, -1), return_inverse=True, return_counts=True)
        frequent = (counts >= FEATURE_COUNT) & (keys >= 0)
        cases = np.flatnonzero(frequent[inverse])
        rows.append(cases)
        places.append(base + (np.cumsum(frequent) - 1)[inverse[cases]])
        kept.append((template, keys[frequent]))
        base += int(frequent.sum())
    row, place = np.concatenate(rows), np.concatenate(places)
    return sparse.csr_matrix((np.ones(len(row), dtype=np.float32), (row, place)), shape=(len(columns), base)), kept


def fit_rows(
    columns: Table, right: np.ndarray, templates: Sequence[str], alphabet: Alphabet, penalty: float, most: int
) -> Weights:
    matrix, kept = features(columns, templates, alphabet)
    weights = fit_logistic(matrix, right, penalty)
    chosen = strongest(np.abs(weights), matrix, most)
    weights = fit_logistic(matrix[:, chosen], right, penalty, weights[chosen])
    return as_weights(kept, chosen, weights[:, None], ("cue",), alphabet)


def strongest(strength: np.ndarray, matrix: sparse.csr_matrix, most: int) -> np.ndarray:
    """The features that change scores most: weight times the root of their count."""
    count = np.asarray(matrix.sum(axis=0)).ravel()
    return np.sort(np.argsort(-strength * np.sqrt(count), kind="stable")[:most])


def as_weights(
    kept: Sequence[tuple[str, Ints]], chosen: np.ndarray, weights: np.ndarray, labels: Sequence[str], alphabet: Alphabet
) -> Weights:
    rows, base = [], 0
    for template, keys in kept:
        inside = (chosen >= base) & (chosen < base + len(keys))
        rows.append(Rows(tuple(template.split()), keys[chosen[inside] - base], weights[inside].astype(np.float32)))
        base += len(keys)
    return Weights(rows, labels, alphabet)


if __name__ == "__main__":
    main()

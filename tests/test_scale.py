"""Corpora of any size: the same tables as a plain run gives, whatever the workers, and whatever kills them."""

import json
import os
import re
import runpy
import shlex
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pandas as pd
import pytest

import framing as fr
from framing.cli import main
from framing.corpus.readers import ArticlesError
from framing.scale import plan, reading, run, workers
from framing.scale.corpuswide import open_parts
from framing.scale.parts import locked
from framing.store import TABLES, StoreError
from tests.conftest import ROOT

TOUR = "Take the long tour of Sorrel and its harbour with us."
DEADLY = "zamzummim"


@pytest.fixture(autouse=True, scope="module")
def small_units():
    """Units of a few articles, so that a small corpus has several."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plan, "UNIT_BYTES", 7_000)
        patch.setattr(reading, "GROUP", 5)
        yield


@pytest.fixture
def here(monkeypatch):
    """Workers in this process, which need no start."""
    monkeypatch.setattr(workers, "make_pool", lambda n: ThreadPoolExecutor(1))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """The demo corpus in several files, with everything that one unit cannot know: ids and lines that stand in others too."""
    folder = tmp_path_factory.mktemp("corpus")
    rows = [json.loads(line) for line in fr.DEMO.read_text(encoding="utf-8").splitlines()]
    rows = [{**row, "text": row["text"][:600]} for row in rows]  # whole articles would take longer and show no more
    lines = []
    for number, row in enumerate(rows[:16]):
        line = {**row, "article": "twice"} if number in (2, 9) else dict(row)
        if number % 2:
            line |= {"text": f"{row['text']}\n{TOUR}", "outlet": "Daily Lantern"}
        if number == 5:
            line |= {"date": "03/04/2031", "desk": "world"}
        if number == 7:
            del line["article"]
        lines.append(json.dumps(line, ensure_ascii=False))
    lines[4:4] = ["no json", '{"article": "empty", "text": " "}']
    (folder / "a.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    table = pd.DataFrame([{"id": str(n), "content": row["text"], "source": row["outlet"]} for n, row in enumerate(rows[16:])])
    table.to_parquet(folder / "b.parquet", row_group_size=3)
    table.head(3).to_csv(folder / "c.csv", index=False)
    (folder / "d.txt").write_text("The port of Sorrel may close, the mayor said.", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def plain(corpus, tmp_path_factory):
    """What a run that holds everything gives."""
    folder = tmp_path_factory.mktemp("plain")
    assert main(["score", str(corpus), "-o", str(folder), "--format", "parquet", "--quiet"]) == 3
    return folder


@pytest.fixture(scope="module")
def whole(corpus, tmp_path_factory):
    """What a run that nothing disturbed gives, in one thread."""
    folder = tmp_path_factory.mktemp("whole")
    with ThreadPoolExecutor(1) as executor:
        score(corpus, folder, executor=executor)
    return folder


@pytest.fixture
def copy(whole, tmp_path):
    """The same, to be changed."""
    return Path(shutil.copytree(whole, tmp_path / "copy"))


def files(folder):
    """Every file with its bytes, locks aside."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith("lock"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def results(folder):
    return {name: content for name, content in files(folder).items() if "/" not in name}


def score(source, folder, **options):
    return fr.score_corpus(source, folder, progress=False, **options)


def refused(folder):
    return [json.loads(line) for line in (folder / "refused.jsonl").read_text(encoding="utf-8").splitlines()]


def same_tables(one, other, names=TABLES):
    for name in names:
        tables = (pd.read_parquet(folder / f"{name}.parquet") for folder in (one, other))
        pd.testing.assert_frame_equal(*tables, check_exact=True)


def test_the_tables_are_those_of_a_plain_run(plain, whole):
    assert len(list((whole / "units").glob("read-*"))) >= 4
    assert len(list((whole / "units").glob("score-*"))) >= 5
    same_tables(plain, whole)
    assert "outlet_line" in set(pd.read_parquet(whole / "excluded.parquet")["rule"])
    for name in ("refused.jsonl", "noticed.jsonl", "run.json"):
        assert (plain / name).read_bytes() == (whole / name).read_bytes(), name
    assert len(refused(whole)) == 3


def test_two_processes_give_the_same_tables_and_the_commands_go_on_from_there(corpus, whole, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    assert main(["score", str(corpus), "-o", str(tmp_path), "--workers", "2"]) == 3
    said = capsys.readouterr()
    assert said.out.startswith("27 articles, ")
    assert "3 records were refused" in said.out
    assert "scoring" not in said.err, "a bar where nobody sees it"
    same_tables(whole, tmp_path)  # processes have larger groups, so the files are others
    assert main(["compare", str(tmp_path), "--measures", "hedging"]) == 0
    assert main(["figures", str(tmp_path)]) == 0


class Breaking(ThreadPoolExecutor):
    """Workers of which the user is gone after some tasks."""

    def __init__(self, n):
        super().__init__(1)
        self.left = n

    def submit(self, do, *arguments):
        if do is workers.work:
            self.left -= 1
            if self.left < 0:
                raise KeyboardInterrupt
        return super().submit(do, *arguments)


@pytest.mark.parametrize("n", [1, 6])
def test_what_was_finished_before_a_run_broke_off_is_not_done_again(corpus, whole, tmp_path, here, n):
    with Breaking(n) as executor, pytest.raises(KeyboardInterrupt):
        score(corpus, tmp_path / "broken", executor=executor)
    done = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "broken" / "units").glob("[rs]*-*")}
    assert len(done) >= min(n, 1)
    assert not (tmp_path / "broken" / "run.json").exists()
    score(corpus, tmp_path / "broken")
    assert files(tmp_path / "broken") == files(whole)
    assert {name: (tmp_path / "broken" / "units" / name).stat().st_mtime_ns for name in done} == done


def test_a_finished_run_starts_no_worker_and_changes_nothing(corpus, copy, monkeypatch):
    before = files(copy)
    monkeypatch.setattr(workers, "make_pool", None)
    score(corpus, copy)
    assert files(copy) == before


def test_a_part_that_was_cut_off_is_made_again_and_leftovers_go(corpus, copy, here):
    before = files(copy)
    units = copy / "units"
    for path in (*list(units.glob("score-*/marks.parquet"))[:2], next(units.glob("read-*/rows.parquet"))):
        path.write_bytes(path.read_bytes()[:-7])
    (units / ".score-1.tmp").mkdir()
    (units / ".score-1.tmp" / "marks.parquet").write_bytes(b"half a")
    score(corpus, copy)
    assert files(copy) == before


def test_an_input_that_changed_is_read_again_and_nothing_else(corpus, copy, tmp_path, here):
    folder = Path(shutil.copytree(corpus, tmp_path / "corpus"))
    before = {path.name for path in (copy / "units").glob("*-*")}
    (folder / "d.txt").write_text("The port of Sorrel will open, the mayor said.", encoding="utf-8")
    score(folder, copy)
    after = {path.name for path in (copy / "units").glob("*-*")}
    assert len(after) == len(before)
    assert sorted(name.split("-")[0] for name in after - before) == ["read", "score"]


def test_two_runs_on_one_folder_are_refused_in_one_sentence(corpus, copy, capsys):
    with locked(copy / "units"):
        assert main(["score", str(corpus), "-o", str(copy), "--workers", "1", "--quiet"]) == 2
    assert re.fullmatch(
        rf"framing: {copy} is being written by process {os.getpid()} on \S+; wait until it has finished, or name another "
        r"folder with -o\.\n",
        capsys.readouterr().err,
    )
    assert main(["score", str(corpus), "-o", str(copy), "--workers", "1", "--quiet"]) == 3


def test_the_lock_of_a_process_that_died_holds_nobody_back(corpus, copy):
    code = """
        import fcntl, os, signal, sys
        handle = os.open(sys.argv[1], os.O_RDWR)
        fcntl.flock(handle, fcntl.LOCK_EX)
        print(flush=True)
        signal.pause()
    """
    holder = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), str(copy / "units" / "lock")], stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout.readline() == "\n"
    with pytest.raises(StoreError, match="is being written by process"):
        score(corpus, copy)
    holder.kill()
    holder.communicate()
    score(corpus, copy)


def test_units_of_other_lexicons_or_arguments_are_not_mixed(corpus, copy, monkeypatch):
    before = files(copy)
    with pytest.raises(StoreError, match=r"holds units of a run with other arguments .*name another folder with -o, or remove"):
        score(corpus, copy, furniture=True)
    monkeypatch.setattr(run, "lexicon_digest", lambda: "other")
    with pytest.raises(StoreError, match=r"holds units of a run with other lexicons \(\w{12}; now other\)"):
        score(corpus, copy)
    with pytest.raises(StoreError, match="other lexicons"):
        fr.gather_corpus(copy)
    assert files(copy) == before


def test_shards_and_gather_give_the_bytes_of_one_run(corpus, whole, tmp_path, capsys, here):
    folder = str(tmp_path / "shards")
    command = ["score", str(corpus), "-o", folder, "--quiet", "--shard"]
    said = []
    for shard in ("1/3", "2/3", "2/3", "3/3"):
        assert main([*command, shard]) == 0
        said.append(capsys.readouterr().out)
        if shard != "3/3":
            assert main(["gather", folder]) == 1
            assert "not read yet; start the missing shards again" in capsys.readouterr().err
    assert ["scored" in one for one in said] == [False, False, False, True]
    assert main(["gather", folder]) == 1
    assert "not scored yet; start the missing shards again" in capsys.readouterr().err
    for shard in ("1/3", "2/3"):
        assert main([*command, shard]) == 0
    assert main(["gather", folder]) == 3
    assert files(tmp_path / "shards") == files(whole)


def test_shards_work_side_by_side_but_not_twice_the_same(tmp_path):
    with locked(tmp_path, "1-of-3"):
        with locked(tmp_path, "2-of-3"):
            pass
        for other in ("1-of-3", ""):
            with pytest.raises(StoreError, match="is being written"), locked(tmp_path, other):
                pass


def test_a_full_disk_is_named_with_the_unit_and_leaves_no_half_part(corpus, tmp_path, monkeypatch, capsys, here):
    write = reading.pq.write_table

    def full(table, path, **options):
        if Path(path).name == "marks.parquet":
            Path(path).write_bytes(b"half a")
            raise OSError(28, "No space left on device", str(path))
        write(table, path, **options)

    with monkeypatch.context() as patch:
        patch.setattr(reading.pq, "write_table", full)
        assert main(["score", str(corpus), "-o", str(tmp_path), "--workers", "1", "--quiet"]) == 1
    said = capsys.readouterr().err
    assert re.match(
        r"framing: \S+marks\.parquet: No space left on device \(while a\.jsonl, lines 1 to \d+, articles 1 to 5 ", said
    )
    assert "run the same command again: finished units are kept" in said
    assert not [path for path in (tmp_path / "units").iterdir() if path.name.startswith(("score", "."))]


def test_a_full_disk_at_the_end_leaves_no_half_table(corpus, whole, copy, monkeypatch):
    from framing.scale import gather

    class Full(gather.pq.ParquetWriter):
        def write_table(self, *arguments, **options):
            if self.path.endswith("marks.parquet.part"):
                raise OSError(28, "No space left on device", self.path)
            super().write_table(*arguments, **options)

        def __init__(self, where, *arguments, **options):
            self.path = str(where)
            super().__init__(where, *arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(gather.pq, "ParquetWriter", Full)
        with pytest.raises(OSError, match="No space left on device"):
            score(corpus, copy)
    assert not list(copy.glob("*.part"))
    assert not (copy / "run.json").exists()
    score(corpus, copy)
    assert files(copy) == files(whole)


@pytest.mark.parametrize("folder", ["/proc/framing", "{file}"])
def test_a_folder_that_cannot_be_written_is_named(tmp_path, corpus, capsys, folder):
    (tmp_path / "taken").write_text("", encoding="utf-8")
    folder = folder.format(file=tmp_path / "taken")
    if not Path(folder).parent.exists():
        pytest.skip("this system has no such folder")
    assert main(["score", str(corpus), "-o", folder, "--workers", "1", "--quiet"]) in (1, 2)
    assert folder in capsys.readouterr().err


def test_a_truncated_parquet_is_refused_and_the_rest_is_scored(corpus, tmp_path, capsys, here):
    table = (corpus / "b.parquet").read_bytes()
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "b.parquet").write_bytes(table[: len(table) // 2])
    assert main(["score", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--workers", "1", "--quiet"]) == 2
    assert "No article could be read. b.parquet, file: not a readable Parquet file" in capsys.readouterr().err
    (tmp_path / "in" / "d.txt").write_text("The port of Sorrel may close, the mayor said.", encoding="utf-8")
    assert main(["score", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--workers", "1", "--quiet"]) == 3
    assert [one["file"] for one in refused(tmp_path / "out")] == ["b.parquet"]


def test_lists_without_texts_are_refused_with_the_way_out(tmp_path, here):
    rows = [{"url": "https://lantern.example/1"}, {"url": "https://lantern.example/2", "text": "The mayor said so."}]
    (tmp_path / "list.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    score(tmp_path / "list.jsonl", tmp_path / "out")
    assert [one["record"] for one in refused(tmp_path / "out")] == ["line 1, https://lantern.example/1"]
    assert refused(tmp_path / "out")[0]["reason"].endswith("by a run without --workers, --shard and --dask.")


def test_a_declared_column_that_no_file_has_and_csv_are_bad_arguments(corpus, tmp_path, capsys, here):
    with pytest.raises(ArticlesError, match="No file has the column 'words' that is declared as 'text'"):
        score(corpus / "a.jsonl", tmp_path, columns={"text": "words"})
    assert main(["score", str(corpus), "-o", str(tmp_path), "--workers", "1", "--format", "csv"]) == 2
    assert "write Parquet; leave out --format csv" in capsys.readouterr().err
    for wrong in ("0/3", "4/3", "x", "1"):
        with pytest.raises(SystemExit):
            main(["score", str(corpus), "-o", str(tmp_path), "--shard", wrong])


def test_a_dictionary_is_counted_as_in_a_plain_run(corpus, tmp_path, here):
    corpus = corpus / "a.jsonl"
    (tmp_path / "weather.csv").write_text("category,form\nwater,rain*\nwater,port\n", encoding="utf-8")
    options = ["--lexicon", str(tmp_path / "weather.csv"), "--quiet"]
    assert main(["score", str(corpus), "-o", str(tmp_path / "plain"), "--format", "parquet", *options]) == 3
    assert main(["score", str(corpus), "-o", str(tmp_path / "units"), "--workers", "1", *options]) == 3
    assert pd.read_parquet(tmp_path / "units" / "scores.parquet")["weather_water"].sum() > 0
    same_tables(tmp_path / "plain", tmp_path / "units", ["scores"])
    assert (tmp_path / "plain" / "run.json").read_bytes() == (tmp_path / "units" / "run.json").read_bytes()


class Dying(Executor):
    """Workers that die of a text, and now and then without a reason."""

    def __init__(self, chance=()):
        self.chance, self.is_broken = chance, False

    def submit(self, do, *arguments):
        future = Future()
        texts = " ".join(texts_of(arguments[0])) if do is workers.work else ""
        if self.is_broken or DEADLY in texts or (do is workers.work and self.chance and self.chance.pop()):
            self.is_broken = True
            future.set_exception(BrokenProcessPool("a worker died"))
        else:
            future.set_result(do(*arguments))
        return future


def texts_of(task):
    if isinstance(task, reading.ReadTask):
        return []
    return pd.read_parquet(task.source)["text"].iloc[list(task.rows)]


def with_deadly(corpus, folder):
    """The corpus with two texts that kill."""
    folder.mkdir()
    for path in corpus.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    lines = (folder / "a.jsonl").read_text(encoding="utf-8").splitlines()
    for number, name in ((3, "first"), (12, "second")):
        lines[number:number] = [
            json.dumps({"article": name, "text": f"The {DEADLY} may come, the mayor said.", "outlet": "Lantern"})
        ]
    (folder / "a.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_a_record_that_kills_its_worker_is_found_and_named_and_the_others_go_through(corpus, plain, tmp_path, monkeypatch):
    monkeypatch.setattr(workers, "make_pool", lambda n: Dying())
    gathered = score(with_deadly(corpus, tmp_path / "in"), tmp_path / "out", workers=2)
    named = [(one["file"], one["record"]) for one in refused(tmp_path / "out") if "ends its worker" in one["reason"]]
    assert named == [("a.jsonl", "line 4, article first"), ("a.jsonl", "line 13, article second")]
    assert gathered.told.n["refused"] == 5
    one, other = (pd.read_parquet(folder / "scores.parquet") for folder in (plain, tmp_path / "out"))
    pd.testing.assert_frame_equal(*(table[table["article"].str.match("^[^a]")].reset_index(drop=True) for table in (one, other)))
    again = files(tmp_path / "out")
    monkeypatch.setattr(workers, "make_pool", None)
    score(tmp_path / "in", tmp_path / "out")
    assert files(tmp_path / "out") == again


def test_workers_that_die_by_chance_cost_no_record(corpus, whole, tmp_path, monkeypatch):
    chances = [[False, False, True], [True, False, False, True, True], [True], [True], [True]]
    monkeypatch.setattr(workers, "make_pool", lambda n: Dying(chances.pop(0)) if chances else Dying())
    score(corpus, tmp_path / "out", workers=2)
    assert files(tmp_path / "out") == files(whole)


def test_a_record_whose_scoring_goes_wrong_is_named_with_the_fault(corpus, tmp_path, monkeypatch, here):
    from framing.scale import scoring

    annotate = scoring.annotate

    def wrong(articles, **options):
        if articles["text"].str.contains(DEADLY).any():
            raise ZeroDivisionError("a fault of ours")
        return annotate(articles, **options)

    monkeypatch.setattr(scoring, "annotate", wrong)
    score(with_deadly(corpus, tmp_path / "in"), tmp_path / "out")
    reasons = [one["reason"] for one in refused(tmp_path / "out") if "first" in one["record"] or "second" in one["record"]]
    assert reasons == ["working on it goes wrong (ZeroDivisionError: a fault of ours)"] * 2


def test_a_file_that_kills_its_reader_is_named(tmp_path, monkeypatch, corpus):
    class Deadly(Dying):
        def submit(self, do, *arguments):
            mine = do is workers.work and isinstance(arguments[0], reading.ReadTask)
            slices = [one for one in arguments[0].slices if one.kind != "refused"] if mine else []
            self.chance = [
                any(one.name == "c.csv" or (one.kind == "lines" and one.first <= 7 < one.first + one.n) for one in slices)
            ]
            return super().submit(do, *arguments)

    monkeypatch.setattr(workers, "make_pool", lambda n: Deadly())
    score(corpus, tmp_path)
    named = [(one["file"], one["record"]) for one in refused(tmp_path) if "ends its worker" in one["reason"]]
    assert named == [("a.jsonl", "line 7"), ("c.csv", "file")]


def test_outlets_lines_are_found_in_ranges_of_hashes_too(whole, monkeypatch):
    from framing.scale import corpuswide

    found = list((whole / "units").glob("read-*"))
    whole = corpuswide.outlet_lines(open_parts(found))
    monkeypatch.setattr(corpuswide, "_HELD", 10)
    ranges = corpuswide.outlet_lines(open_parts(found))
    assert len(whole.keys) == 1
    assert whole.keys.tolist() == ranges.keys.tolist()
    assert whole.openings.tolist() == ranges.openings.tolist()


def test_the_slices_of_a_file_are_the_file(corpus):
    text = (corpus / "a.jsonl").read_bytes()
    units = plan.plan_units(corpus / "a.jsonl")
    slices = [one for unit in units for one in unit.slices]
    assert b"".join(text[one.start : one.stop] for one in slices) == text
    assert [one.first for one in slices] == [1 + text[: one.start].count(b"\n") for one in slices]
    pieces = [slices[0]]
    while any(one.n > 1 for one in pieces):
        pieces = [piece for one in pieces for half in (plan.halve((one,)) or ((one,),)) for piece in half]
    assert [one.place for one in pieces] == [f"line {n}" for n in range(1, slices[0].n + 1)]
    assert b"".join(text[one.start : one.stop] for one in pieces) == text[: slices[0].stop]


def test_every_command_of_the_page_on_scaling_runs(tmp_path, monkeypatch, here, capsys):
    page = (ROOT / "docs" / "scaling.md").read_text(encoding="utf-8")
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "demo.jsonl").write_bytes(b"".join(fr.DEMO.open("rb").readlines()[:8]))
    monkeypatch.chdir(tmp_path)
    commands = re.findall(r"^(?:srun )?framing (.+?)(?:\s+#.*)?$", page, re.MULTILINE)
    assert len(commands) >= 5
    for command in commands:
        if "--dask" in command:
            continue  # has a test of its own
        for k in (1, 2) if "SLURM" in command else (1,):
            filled = command.replace("$SLURM_ARRAY_TASK_ID", str(k)).replace("$SLURM_ARRAY_TASK_COUNT", "2")
            assert main([*shlex.split(filled), *(["--quiet"] if filled.startswith("score") else [])]) == 0, filled
        if "SLURM" in command:
            for k in (1, 2):
                filled = command.replace("$SLURM_ARRAY_TASK_ID", str(k)).replace("$SLURM_ARRAY_TASK_COUNT", "2")
                assert main([*shlex.split(filled), "--quiet"]) == 0, filled


def test_without_dask_the_error_is_the_command_that_installs_it(corpus, tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert main(["score", str(corpus), "-o", str(tmp_path), "--dask", "tcp://127.0.0.1:1"]) == 2
    assert "pip install 'framing[cluster]'" in capsys.readouterr().err


@pytest.fixture
def benchmark(monkeypatch):
    """The benchmark that kills; it makes the units small itself."""
    monkeypatch.setattr(plan, "UNIT_BYTES", plan.UNIT_BYTES)
    return runpy.run_path(str(ROOT / "benchmarks" / "faults.py"))


def nothing_is_wrong(found):
    wrong = ("files lost", "files too many", "files that differ", "finished units made again", "runs that failed")
    return not any(found[name] for name in wrong)


@pytest.mark.slow
@pytest.mark.parametrize(("what", "n"), [("kill_workers", 1), ("kill_runs", 1)])
def test_kills_at_random_moments_change_no_byte(tmp_path, benchmark, what, n):
    source = benchmark["write_corpus"](tmp_path)
    assert benchmark["begin"](source, tmp_path / "whole").wait() == 0
    found = benchmark[what](source, benchmark["files"](tmp_path / "whole"), n)
    assert found["kills"] >= n
    assert nothing_is_wrong(found), found


@pytest.mark.slow
def test_a_dask_scheduler_and_two_workers_give_the_bytes_of_one_run_though_some_are_killed(tmp_path, benchmark):
    pytest.importorskip("distributed")
    source = benchmark["write_corpus"](tmp_path)
    assert benchmark["begin"](source, tmp_path / "whole").wait() == 0
    found = benchmark["kill_dask"](source, benchmark["files"](tmp_path / "whole"), 2)
    assert nothing_is_wrong(found), found
    with benchmark["dask_cluster"]() as (address, _):
        assert main(["score", str(source), "-o", str(tmp_path / "cli"), "--dask", address, "--quiet"]) == 0
    same_tables(tmp_path / "whole", tmp_path / "cli")


@pytest.mark.slow
def test_a_record_that_really_kills_or_hangs_its_worker_is_named(tmp_path):
    """In real processes, poisoned from outside: their main module is this script, which they read once more."""
    script = f"""
        import os, sys, time
        import framing as fr
        from framing.scale import scoring

        annotate = scoring.annotate

        def poisoned(articles, **options):
            texts = " ".join(articles["text"])
            if "{DEADLY}" in texts:
                os._exit(3)
            if "sleeper" in texts:
                time.sleep(600)
            return annotate(articles, **options)

        scoring.annotate = poisoned
        if __name__ == "__main__":
            fr.score_corpus(sys.argv[1], sys.argv[2], workers=2, seconds=12, progress=False)
    """
    (tmp_path / "poisoned.py").write_text(textwrap.dedent(script), encoding="utf-8")
    texts = ["The mayor said so.", f"The {DEADLY} came.", "It may rain, the mayor said.", "The sleeper may wake."]
    rows = [{"article": f"a{number}", "text": text} for number, text in enumerate(texts)]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    subprocess.run([sys.executable, "poisoned.py", "in.jsonl", "out"], cwd=tmp_path, check=True)
    reasons = {one["record"]: one["reason"] for one in refused(tmp_path / "out")}
    assert list(reasons) == ["line 2, article a1", "line 4, article a3"]
    assert "takes longer than 12 seconds" in reasons["line 4, article a3"]
    assert pd.read_parquet(tmp_path / "out" / "scores.parquet")["article"].tolist() == ["a0", "a2"]


@pytest.mark.slow
def test_an_interruption_ends_the_run_and_its_workers_at_once(corpus, tmp_path):
    psutil = pytest.importorskip("psutil")
    command = [sys.executable, "-m", "framing", "score", str(corpus), "-o", str(tmp_path), "--workers", "2", "--quiet"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    workers_of = lambda: [one for one in psutil.Process(process.pid).children() if "spawn_main" in " ".join(one.cmdline())]  # noqa: E731
    deadline = time.monotonic() + 60
    while not workers_of() and time.monotonic() < deadline:
        time.sleep(0.05)
    begun, children = time.monotonic(), workers_of()
    process.send_signal(signal.SIGINT)
    said = process.communicate()[1]
    assert process.returncode == 130
    assert said.endswith("framing: interrupted; nothing half-written was left behind.\n")
    assert time.monotonic() - begun < 10
    assert children
    assert not any(child.is_running() for child in children)
    assert main(["score", str(corpus), "-o", str(tmp_path), "--workers", "1", "--quiet"]) == 3

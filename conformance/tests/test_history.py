# SPDX-License-Identifier: Apache-2.0
"""Ids that the suite's manifest has renamed or removed, as run and explain meet them."""
import json
import os
import tempfile

from kit import as_baseline, equal, main, run

SERVE = " serve"


def case(title):
    return {"title": title, "why": "Because.", "level": "must", "op": "clean-path", "profiles": ["baseline"],
            "tags": ["path"], "upstream": [], "source": "rule", "params": {"path": "a/b"},
            "expect": {"ok": {"path": "a\\b"}}}


def new_suite(**more):
    """A folder with ./golden: the cases path/new and path/wrong, and what became of others."""
    folder = tempfile.mkdtemp()
    os.makedirs(os.path.join(folder, "golden", "path"))
    wrong = case("a wrong one")
    wrong["expect"]["ok"]["path"] = "x"
    manifest = {"suite": "hcsproof", "version": "1.0.0", "renames": {"path/old": "path/newer", "path/newer": "path/new",
                "path/was-wrong": "path/wrong", "path/lost": "path/gone", "path/a": "path/b", "path/b": "path/a"},
                "tombstones": {"path/gone": "it asked nothing"}, "files": {}, **more}
    for name, value in (("path/new", case("a new one")), ("path/wrong", wrong), ("manifest", manifest)):
        with open(os.path.join(folder, "golden", name + ".json"), "w", encoding="utf-8") as file:
            json.dump(value, file)
    return folder


def play(command, folder, *arguments):
    return run(command, "run", *as_baseline(arguments), "--testee", command + SERVE, cwd=folder)


def listed(command, folder, *arguments):
    done = run(command, "run", "--list", *as_baseline(arguments), cwd=folder)
    return done.returncode, done.stdout.decode().split(), done.stderr.decode()


def a_newer_format_is_told(command, source):
    folder = new_suite(format=4)
    path = folder + "/golden"
    told = "the suite has format 4, and this kit reads up to 3: get a newer hcsproof"
    for words in (["run", "--list"], ["run", path, "--list"], ["run", path + "/path/new.json", "--list"],
                  ["run", "--testee", "true"], ["record", "--testee", "true", "-o", folder + "/o.jsonl"],
                  ["fuzz", "--testee", "true", "--runs", "1"], ["golden", "lint"], ["golden", "fmt"],
                  ["golden", "verify"], ["golden", "update"], ["copy", folder + "/copied"]):
        done = run(command, *words, cwd=folder)
        equal((done.returncode, done.stdout, told in done.stderr.decode()), (4, b"", True), f"{words} {done.stderr}")
    equal(sorted(os.listdir(folder)), ["golden"])
    for known in (1, 2, 3):
        equal(run(command, "run", "--list", *as_baseline([]), cwd=new_suite(format=known)).returncode, 0)


def an_old_id_selects_the_case(command, source):
    folder = new_suite()
    told = "hcsproof run: the case path/old is now called path/new\n"
    for arguments in (("--id", "path/old"), ("path/old",), ("golden", "--id", "path/old")):
        equal(listed(command, folder, *arguments), (0, ["path/new"], told), str(arguments))
    equal(play(command, folder, "--id", "path/old").returncode, 0)


def an_old_id_excludes_the_case(command, source):
    told = "hcsproof run: the case path/old is now called path/new\n"
    equal(listed(command, new_suite(), "--exclude", "path/old"), (0, ["path/wrong"], told))


def a_removed_case_is_told(command, source):
    told = "hcsproof run: the case %s was removed: it asked nothing\n"
    for name in ("path/gone", "path/lost"):
        status, cases, errors = listed(command, new_suite(), "--id", name, "--id", "path/new")
        equal((status, cases, errors), (0, ["path/new"], told % name))
        status, cases, errors = listed(command, new_suite(), "--id", name)
        equal((status, cases, errors), (2, [], told % name + "hcsproof run: no case matches\n"))


def a_circle_ends(command, source):
    equal(listed(command, new_suite(), "--id", "path/a")[0], 2)


def expectations_follow(command, source):
    folder = new_suite()
    entry = '{"case": "path/was-wrong", "class": "difference", "reason": "known \\u00e9", "issue": "https://example.org/1"}'
    with open(os.path.join(folder, "known"), "w", encoding="utf-8") as file:
        file.write("# kept\n" + entry + "\n")
    done = play(command, folder, "--expect", "known")
    equal(done.returncode, 0, done.stdout.decode() + done.stderr.decode())
    told = "hcsproof run: known:2: the case path/was-wrong is now called path/wrong; --expect-update renames the entry\n"
    equal(done.stderr.decode(), told)
    equal(play(command, folder, "--expect", "known", "--expect-update").returncode, 0)
    with open(os.path.join(folder, "known"), encoding="utf-8") as file:
        equal(file.read(), '# kept\n{"case": "path/wrong", "class": "difference", "reason": "known é", '
              '"issue": "https://example.org/1"}\n')
    done = play(command, folder, "--expect", "known")
    equal((done.returncode, done.stderr), (0, b""))


def an_expectation_of_a_removed_case_is_stale(command, source):
    folder = new_suite()
    with open(os.path.join(folder, "known"), "w", encoding="utf-8") as file:
        for name in ("path/wrong", "path/gone"):
            file.write('{"case": "%s", "class": "difference", "reason": "x"}\n' % name)
    done = play(command, folder, "--expect", "known")
    equal(done.returncode, 5, done.stdout.decode())
    equal("hcsproof run: known:2: the case path/gone was removed: it asked nothing\n", done.stderr.decode())


def explain_follows(command, source):
    done = run(command, "explain", "path/old", cwd=new_suite())
    equal((done.returncode, done.stdout[:9]), (0, b"path/new:"))
    equal(done.stderr.decode(), "hcsproof explain: the case path/old is now called path/new\n")
    done = run(command, "explain", "path/gone", cwd=new_suite())
    equal(done.returncode, 1)
    equal(done.stderr.decode().splitlines()[0], "hcsproof explain: the case path/gone was removed: it asked nothing")


def a_manifest_that_is_no_manifest_is_passed_over(command, source):
    for text in ("[]", "{", '{"renames": [], "tombstones": 5}', '{"renames": {"path/old": 5}}'):
        folder = new_suite()
        with open(os.path.join(folder, "golden", "manifest.json"), "w", encoding="utf-8") as file:
            file.write(text)
        equal(listed(command, folder, "--id", "path/old")[0], 2, text)


if __name__ == "__main__":
    main([a_newer_format_is_told, an_old_id_selects_the_case, an_old_id_excludes_the_case, a_removed_case_is_told, a_circle_ends,
          expectations_follow, an_expectation_of_a_removed_case_is_stale,
          explain_follows, a_manifest_that_is_no_manifest_is_passed_over])

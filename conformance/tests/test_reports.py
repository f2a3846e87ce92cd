# SPDX-License-Identifier: Apache-2.0
"""Reports that tell: every failure has a headline of place and values, what was asked, rule and reason; recorded cases
have titles; what is alike is told together."""
import json
import os
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

from kit import equal, main, run

# Adds one to every count, and leaves out what an ops list lacks.
ANSWER = """
import json, sys
print(json.dumps({"hello": {"protocol": 1, "name": "x", "version": "1", "ops": ["limits", "refuse"]}}), flush=True)
sys.stdin.readline()
for line in sys.stdin:
    q = json.loads(line)
    count = q["params"].get("spec", q["params"]).get("count", 0)
    print(json.dumps({"id": q["id"], "ok": {"limits": [{"count": count + 1, "unit": "core"}]}}), flush=True)
"""

ASKED = '{"spec":{"windows":{"resources":{"cpu":{"count":256}}}},"max":512}'


def cases():
    curated = {"id": "cpu/one", "title": "a count is kept", "why": "Containers starve.", "level": "must", "op": "limits",
               "upstream": [{"file": "internal/cpu.go", "symbol": "Convert", "commit": "0af576d29"}],
               "params": {"spec": {"ociVersion": "1.1.0", "root": {"path": "x"}, "count": 255, "windows": {
                   "layerFolders": ["a", "b"], "resources": {"cpu": {"count": 256}}}}, "host": {"processors": 8},
                   "extra": None, "max": 512},
               "expect": {"ok": {"limits": [{"count": 512, "unit": "core"}]}}}
    del curated["params"]["spec"]["count"]
    made = [curated]
    for i in range(6):
        made.append({"id": "limits/%d" % i, "op": "limits", "tags": ["odd", "cpu"], "params": {"count": i},
                     "expect": {"ok": {"limits": [{"count": i, "unit": "core"}]}}})
    made.append({"id": "refuse/a", "op": "refuse", "params": {"count": 1}, "expect": {"error": {"message": "it cannot be 5"}}})
    made.append({"id": "other/a", "op": "other", "params": {}, "expect": {"ok": {}}})
    made.append({"id": "other/b", "op": "other", "params": {}, "expect": {"ok": {}}})
    return made


KINDS = ("json", "html", "markdown", "junit", "tap", "github", "sarif")


def play(command, *arguments):
    folder = tempfile.mkdtemp()
    with open(os.path.join(folder, "cases.jsonl"), "w", encoding="utf-8") as file:
        file.write("".join(json.dumps(case) + "\n" for case in cases()))
    with open(os.path.join(folder, "testee.py"), "w", encoding="utf-8") as file:
        file.write(ANSWER)
    reports = [part for kind in KINDS for part in ("--report", "%s=report.%s" % (kind, kind))]
    done = run(command, "run", "cases.jsonl", "--profile", "baseline", "--testee", "'%s' -S -B testee.py" % sys.executable, *reports, *arguments,
               cwd=folder, env=dict(os.environ, NO_COLOR="1"))
    equal(done.returncode, 1, done.stderr.decode())
    texts = {}
    for kind in KINDS:
        with open(os.path.join(folder, "report." + kind), encoding="utf-8") as file:
            texts[kind] = file.read()
    return done.stdout.decode(), texts


def plain(text):
    """As a reader sees it: entities of XML, of Markdown's and of JSON gone."""
    for entity, letter in (("&quot;", '"'), ("&#39;", "'"), ("&#95;", "_"), ("&#42;", "*"), ("&#91;", "["), ("&#93;", "]"),
                           ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"), ('\\"', '"'), ("\\#", "#")):
        text = text.replace(entity, letter)
    return text


def every_report_has_the_headline(command, source):
    out, texts = play(command)
    headline = "/limits/0/count: 1, expected 512"
    equal("FAIL   cpu/one: %s\n" % headline in out, True, out)
    for kind in KINDS:
        equal(headline in plain(texts[kind]), True, kind)
        equal("1 difference" in texts[kind], False, kind)


def every_report_says_what_was_asked(command, source):
    out, texts = play(command)
    equal("asked: %s\n" % ASKED in out, True, out)
    for kind in KINDS:
        whole = '"resources": {"cpu": {"count": 256}}' if kind == "html" else '"resources":{"cpu":{"count":256}}'
        equal(whole in plain(texts[kind]), True, kind)
    whole = json.loads(next(r["asked"] for r in json.loads(texts["json"])["results"] if r["id"] == "cpu/one"))
    equal(whole, cases()[0]["params"], "all of it")
    equal('"processors": 8' in plain(texts["html"]), True, "all of it")


def every_report_has_rule_and_reason(command, source):
    _, texts = play(command)
    for kind in KINDS:
        equal("a count is kept" in texts[kind] and "Containers starve." in texts[kind], True, kind)
    equal("internal/cpu.go" in texts["html"] and "0af576d29" in texts["html"], True, "upstream")


def recorded_cases_have_titles(command, source):
    out, texts = play(command)
    title = 'limits (odd, cpu) of {"count":3} gives {"limits":[{"count":3,"unit":"core"}]}'
    for kind in ("json", "html", "markdown", "junit", "tap", "sarif"):
        equal(title in plain(texts[kind]), True, kind)
    equal('refuse of {"count":1} is refused: it cannot be 5' in plain(texts["html"]), True)
    equal("rule:  limits" in out, False, "the terminal shows the question itself")
    listed = run(command, "run", os.path.join(source, "golden", "recorded", "clean-path.jsonl"), "--profile", "baseline", "--list", "-v")
    equal('clean-path (path) of {"path":"C:"} gives {"path":"C:."}' in listed.stdout.decode(), True)


def what_is_alike_is_told_together(command, source):
    out, texts = play(command)
    table = out[out.index("failed, by operation"):].splitlines()
    equal(table[1].split("  (")[0].split(), ["7", "limits:", "value", "at", "/limits/*/count"])
    equal(table[2].split("  (")[0].split(), ["1", "refuse:", "no", "error:", "it", "cannot", "be"])
    equal("skipped because the testee does not list the operation: other (2)\n" in out, True, out)
    equal(out.count("asked:"), 4, "three of a kind are shown in full")
    equal(out.count("FAIL "), 8, "and the others with their headline")
    equal(play(command, "-v")[0].count("asked:"), 8)
    equal("by operation" in play(command, "-q")[0], False)
    report = json.loads(texts["json"])
    groups = report["groups"]
    equal([(g["verdict"], g["cases"], g["op"], g["first"]) for g in groups],
          [("fail", 7, "limits", "cpu/one"), ("fail", 1, "refuse", "refuse/a"), ("skip", 2, "other", "other/a")])
    equal(sum(1 for r in report["results"] if r.get("group") == 0), 7)
    for kind in ("html", "markdown", "tap"):
        equal("value at /limits/*/count" in plain(texts[kind]), True, kind)


def sarif_has_rules(command, source):
    log = json.loads(play(command)[1]["sarif"])["runs"][0]
    rules = log["tool"]["driver"]["rules"]
    equal(len(rules), 8)
    for result in log["results"]:
        equal(rules[result["ruleIndex"]]["id"], result["ruleId"])
    equal(rules[0]["shortDescription"]["text"], "a count is kept")
    equal(rules[0]["fullDescription"]["text"], "Containers starve.")
    equal(rules[0]["defaultConfiguration"]["level"], "error")
    message = log["results"][0]["message"]["text"].splitlines()
    equal(message, ["/limits/0/count: 1, expected 512", "Rule: a count is kept", "Why: Containers starve.",
                    "Asked: " + ASKED])


def junit_names_do_not_repeat_the_area(command, source):
    root = ElementTree.fromstring(play(command)[1]["junit"])
    equal([(c.get("classname"), c.get("name")) for c in root.iter("testcase")][0], ("cpu", "one"))
    equal(root.find(".//failure").get("message"), "/limits/0/count: 1, expected 512")


main([every_report_has_the_headline, every_report_says_what_was_asked, every_report_has_rule_and_reason,
      recorded_cases_have_titles, what_is_alike_is_told_together, sarif_has_rules, junit_names_do_not_repeat_the_area])

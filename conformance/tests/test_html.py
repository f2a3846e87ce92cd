#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The HTML report and the matrix in a real browser: filter, search, a diff expanded, no console error, nothing loaded
from elsewhere; on a desktop and a phone, light and dark. Screenshots are kept in the folder that SCREENSHOTS names.
Skipped (status 77) where there is no chromedriver, or where its browser does not start."""
import os
import shutil
import subprocess
import sys
import tempfile
import time

from browser import Browser, NoBrowser
from kit import PATIENCE, wait_for

HCSPROOF, SOURCE = sys.argv[1], sys.argv[2]
TESTS = os.path.join(SOURCE, "conformance", "tests")
CASES = os.path.join(TESTS, "data", "cases.jsonl")
TESTEE = os.path.join(TESTS, "testees", "testee.py")


def shown(browser):
    return browser.script("return [].filter.call(document.querySelectorAll('[data-case]'),"
                          "function(c){return c.classList.contains('on');}).length")


def equal(actual, expected, what):
    if actual != expected:
        raise AssertionError("%s: %r, not %r" % (what, actual, expected))


def report(folder, name, mode, target, *more):
    path = os.path.join(folder, name)
    command = "%s -S -B '%s' %s '%s' %s" % (sys.executable, TESTEE, mode, CASES, target)
    subprocess.run([HCSPROOF, "run", CASES, "--profile", "baseline", "--timeout", "300", "--testee", command, "--report", "html=%s.html" % path,
                    "--report", "json=%s.json" % path, *more], stdout=subprocess.DEVNULL, timeout=PATIENCE)
    return path + ".html"


def headings_stand_over_their_columns(browser):
    """Each cell of the first rows is aligned as its heading is."""
    wrong = browser.script(
        "var wrong=[];[].forEach.call(document.querySelectorAll('table'),function(t){var h=t.tHead.rows[0].cells,r=t.tBodies[0]"
        ".rows[0];[].forEach.call(r?r.cells:[],function(c,i){if(h[i].textContent&&getComputedStyle(c).textAlign!="
        "getComputedStyle(h[i]).textAlign)wrong.push(h[i].textContent)})});return wrong")
    equal(wrong, [], "headings that are not over their columns")


def use_report(browser, page, name):
    browser.open("file://" + page)
    equal(shown(browser), 1, "cases that failed, at first")
    equal(browser.script("return [].map.call(document.querySelectorAll('[data-show]'),function(b){return b.textContent;})"),
          ["fail1", "pass7"], "buttons with counts")
    equal(browser.script("return document.querySelector('details.fail .what').textContent"),
          "/a/2/b: 4, expected 3", "headline")
    equal(browser.script("return document.querySelectorAll('details.fail .body').length"), 0, "nothing unfolded")
    headings_stand_over_their_columns(browser)
    browser.click("[data-show=fail]")
    equal(shown(browser), 8, "all cases")
    browser.screenshot(name + "-all")
    browser.reload()
    equal(shown(browser), 8, "all cases, of a kept address")
    browser.type("#q", "text/ one")
    equal(shown(browser), 1, "cases found")
    browser.script("document.getElementById('q').value='';document.getElementById('q')"
                   ".dispatchEvent(new Event('input'))")
    browser.click("[data-show=fail]")
    equal(browser.script("return document.querySelector('details.fail').open"), False, "diff open at first")
    browser.click("details.fail>summary")
    equal(browser.script("return document.querySelector('details.fail').open"), True, "diff open")
    equal(browser.script("return document.querySelector('details.fail .d code').textContent"), "/a/2/b", "pointer")
    equal(browser.script("return [].map.call(document.querySelectorAll('details.fail mark'),"
                         "function(m){return m.textContent;})"), ["3", "4"], "marked parts")
    equal(browser.script("return document.querySelector('details.fail pre').textContent"), '{"n": 1}', "what was asked")
    equal(browser.script("return document.documentElement.scrollWidth<=window.innerWidth"), True, "fits the width")
    browser.screenshot(name + "-diff")
    browser.type("#q", "another order hides")
    equal(shown(browser), 1, "found by what is folded, by its reason")
    browser.script("location.hash='#all'")
    wait_for(lambda: shown(browser) == 8)  # nothing but the group chooses now
    browser.click("[data-group]")
    equal(shown(browser), 1, "cases of a group")
    browser.reload()
    equal(shown(browser), 1, "cases of a group, of a kept address")
    browser.click("#open")
    equal(browser.script("return document.querySelectorAll('details.on[open] .d').length"), 1, "all open")
    browser.click("#open")
    equal(browser.script("return document.querySelectorAll('details.on[open]').length"), 0, "all closed")
    browser.open("file://" + page + "#q=echo&show=pass")
    browser.reload()
    equal(shown(browser), 3, "cases of a kept address")
    equal(browser.complaints(), [], "complaints")


def use_matrix(browser, page, name):
    browser.open("file://" + page)
    equal(shown(browser), 2, "rows where implementations differ, at first: a skip is no difference")
    equal(browser.script("return [].map.call(document.querySelectorAll('[data-show]'),function(b){return b.textContent;})"),
          ["they differ2", "fail1", "broken1", "skip1", "all pass6"], "buttons with counts")
    headings_stand_over_their_columns(browser)
    browser.click("[data-show=differs]")
    equal(shown(browser), 8, "rows")
    browser.script("var t=document.querySelectorAll('.wide');t=t[t.length-1];t.scrollTop=60;t.scrollLeft=20")
    equal(browser.script("var t=document.querySelectorAll('.wide');t=t[t.length-1];var h=t.querySelector('th')"
                         ".getBoundingClientRect();t=t.getBoundingClientRect();return [h.top-t.top<3,h.left-t.left<3]"),
          [True, True], "the heading stays")
    browser.screenshot(name + "-all")
    browser.type("#q", "fail")
    equal(shown(browser), 2, "the search is for ids and reasons, not for verdicts")
    browser.script("document.getElementById('q').value='';document.getElementById('q')"
                   ".dispatchEvent(new Event('input'))")
    browser.click("[data-show=differs]")
    browser.type("#q", "echo/one")
    equal(shown(browser), 1, "rows found")
    equal(browser.script("return [].map.call(document.querySelectorAll('tr.on td.v'),function(m){return (m"
                         ".querySelector('summary')||m).textContent.trim();})"), ["pass", "fail", "pass", "pass"], "verdicts")
    browser.script("document.querySelector('tr.on summary').click()")
    equal(browser.script("return document.querySelector('tr.on details p').textContent"), "/a/2/b: 4, expected 3",
          "what went wrong, without a pointer to hover with")
    equal(browser.script("return document.querySelector('tr.on details a').getAttribute('href')"), "wrong.html#q=echo%2Fone",
          "the way to its report")
    equal(browser.script("return document.querySelectorAll('table')[0].rows.length"), 6, "totals")
    browser.screenshot(name)
    equal(browser.complaints(), [], "complaints")


def many_cases(folder, count):
    """A report and a matrix of so many cases, most of them wrong: they open at once."""
    path = os.path.join(folder, "many.jsonl")
    with open(path, "w", encoding="utf-8") as file:
        for i in range(count):
            file.write('{"id":"area%d/n%05d","op":"clean-path","params":{"path":"a/%d"},"expect":{"ok":{"path":"%s"}}}\n'
                       % (i % 9, i, i, "a\\\\%d" % i if i % 4 == 0 else "x"))
    page = os.path.join(folder, "many.html")
    subprocess.run([HCSPROOF, "run", path, "--profile", "baseline", "-q", "--testee", HCSPROOF + " serve", "--report", "html=" + page, "--report",
                    "json=" + page[:-4] + "json"], stdout=subprocess.DEVNULL, timeout=PATIENCE)
    both = os.path.join(folder, "many-matrix.html")
    subprocess.run([HCSPROOF, "matrix", "-o", both, page[:-4] + "json", page[:-4] + "json"], check=True, timeout=PATIENCE)
    return page, both


def use_many(browser, pages, count):
    for page in pages:
        started = time.monotonic()
        browser.open("file://" + page)
        first = shown(browser)
        print("     %s: %d kB, open after %.1f s" % (os.path.basename(page), os.path.getsize(page) // 1024,
                                                      time.monotonic() - started))
        equal(first, 300, "a first screen of them")
        equal(browser.script("return document.getElementById('count').textContent").startswith("the first 300 of "), True, "count")
        browser.script("document.getElementById('more').click()")
        equal(shown(browser) > 300, True, "more of them")
        browser.script("document.getElementById('q').value='n%05d';document.getElementById('q')"
                       ".dispatchEvent(new Event('input'))" % (count - 1))
        equal(shown(browser), 1, "found among many")
        equal(browser.complaints(), [], "complaints")


def main():
    if not shutil.which("chromedriver"):
        print("skipped: there is no chromedriver")
        sys.exit(77)
    folder = tempfile.mkdtemp(prefix="hcsproof-html-")
    try:
        good = report(folder, "good", "good", "")
        page = report(folder, "wrong", "wrong-value", "echo/one")
        report(folder, "dies", "dies", "echo/two")
        report(folder, "lacks", "unsupported", "echo/three")
        many = many_cases(folder, 2000)
        matrix = os.path.join(folder, "matrix.html")
        subprocess.run([HCSPROOF, "matrix", "-o", matrix] +
                       [os.path.join(folder, name + ".json") for name in ("good", "wrong", "dies", "lacks")], check=True)
        for name, width, height, dark in (("desktop-light", 1200, 800, False), ("phone-dark", 390, 800, True)):
            browser = Browser(width, height, dark)
            try:
                use_report(browser, page, name)
                use_matrix(browser, matrix, name + "-matrix")
                background = browser.script("return getComputedStyle(document.body).backgroundColor")
                equal(background, "rgb(13, 17, 23)" if dark else "rgb(255, 255, 255)", "background")
                browser.open("file://" + good)
                equal(shown(browser), 8, "cases of a good run")
                use_many(browser, many, 2000)
            finally:
                browser.close()
            print("ok", name)
    except NoBrowser as error:
        print("skipped: the browser does not start: %s" % error)
        sys.exit(77)
    finally:
        shutil.rmtree(folder)


main()

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""hcsproof explain of results: every spelling, and every code that reports are about."""
import json
import os
import random
import re

from kit import PATIENCE, equal, main, one_line, run

# The results that occur in what is known of the service, of its clients and of people's reports.
KNOWN = """
80004005 8000FFFF 80041002 80041008 80070001 80070002 80070003 80070005 80070006 8007000D 80070013 80070015 80070020 80070032
80070057 80070070 8007007B 800700CB 8007007E 8007007F 80070091 800700AA 800700EA 8007010B 80070424 8007042B 8007048F 80070490 8007052E
800705AA 800705B4 800706BE 800706BF 800707DE 801F000F 80370100 80370101 80370102 80370105 80370106 80370107 80370108 80370109
8037010A 8037010B 8037010C 8037010D 8037010E 8037010F 80370110 80370111 80370112 80370113 80370114 80370115 80370116 80370117
80370118 80370119 8037011A 8037011B 8037011C 8037011D 8037011E 8037011F 803B0001 803B0002 803B0006 803B000D 803B000E 803B0013
803B0015 803B0017 803B001B 803B0020 C0000001 C0000002 C0020017 C0370101 C0370103 C0370105 C0370106 C0370108 C037010B C037010D C037010E C0370110
C0351000 C03A001A D0020017 80004001
""".split()
# (spelling, the code and name in the title)
SPELLINGS = [
    ("0xC0370106", "0xC0370106 HCS_E_UNEXPECTED_EXIT"), ("0xc0370106", "0xC0370106 HCS_E_UNEXPECTED_EXIT"),
    ("C0370106", "0xC0370106 HCS_E_UNEXPECTED_EXIT"), ("c0370106", "0xC0370106 HCS_E_UNEXPECTED_EXIT"),
    ("0x80370106", "0x80370106 HCS_E_UNEXPECTED_EXIT"), ("-1070137082", "0xC0370106 HCS_E_UNEXPECTED_EXIT"),
    ("3224830214", "0xC0370106 HCS_E_UNEXPECTED_EXIT"), ("0xC0370106L", "0xC0370106 HCS_E_UNEXPECTED_EXIT"),
    ("0xFFFFFFFFC0370106", "0xC0370106 HCS_E_UNEXPECTED_EXIT"), ("18446744072639414534", "0xC0370106 HCS_E_UNEXPECTED_EXIT"),
    ("hcs_e_unexpected_exit", "0x80370106 HCS_E_UNEXPECTED_EXIT"), ("ErrVmcomputeUnexpectedExit", "HCS_E_UNEXPECTED_EXIT"),
    ("0xD0020017", "0xD0020017 RPC_NT_SERVER_UNAVAILABLE"), ("0xC0020017", "0xC0020017 RPC_NT_SERVER_UNAVAILABLE"),
    ("3489792023", "0xD0020017 RPC_NT_SERVER_UNAVAILABLE"), ("#3489792023", "0xD0020017 RPC_NT_SERVER_UNAVAILABLE"),
    ("winapi error #3489792023", "0xD0020017 RPC_NT_SERVER_UNAVAILABLE"), ("80370109", "HCS_E_CONNECTION_TIMEOUT"),
    ("-2147024883", "0x8007000D ERROR_INVALID_DATA"), ("%%2147942413", "0x8007000D ERROR_INVALID_DATA"),
    ("0x57", "0x80070057 ERROR_INVALID_PARAMETER"), ("0xcb", "0x800700CB ERROR_ENVVAR_NOT_FOUND"), ("203", "0x800700CB"), ("87", "0x80070057 ERROR_INVALID_PARAMETER"),
    ("E_INVALIDARG", "0x80070057 ERROR_INVALID_PARAMETER"), ("2151350285", "0x803B000D HCN_E_INVALID_POLICY"),
    ("-2143616986", "0x803B0026"), ("3221225781", "0xC0000135 STATUS_DLL_NOT_FOUND"), ("WBEM_E_INVALID_PARAMETER", "0x80041008"),
    ("hcsshim: PrepareLayer failed in Win32: Incorrect function. (0x1)", "0x80070001 ERROR_INVALID_FUNCTION"),
    ("0x8007000d.", "0x8007000D ERROR_INVALID_DATA"), ("0x1F", "0x8007001F ERROR_GEN_FAILURE"),
    ("0x800704C7", "0x800704C7 ERROR_CANCELLED"), ("0xD0000022", "0xD0000022 STATUS_ACCESS_DENIED"),
    ("net: error code: -1070137082 at start", "0xC0370106 HCS_E_UNEXPECTED_EXIT"),
]


def every_known_code_is_explained(command, _):
    done = run(command, "explain", *("0x" + code for code in KNOWN), "--json")
    equal(done.returncode, 0, done.stderr)
    pages = json.loads(done.stdout)
    equal(len(pages), len(KNOWN))
    for page in pages:
        equal(page["kind"], "code")
        names = [section["name"] for section in page["sections"]]
        for name in ("meaning", "cause", "look", "forms", "links"):
            equal(name in names, True, "%s has no %s" % (page["what"], name))


def every_name_of_the_reference_has_a_row(command, source):
    with open(os.path.join(source, "ref/live/hresult.c"), encoding="utf-8") as file:
        names = re.findall(r'\{0x([0-9A-F]{8})u, "(\w+)"\}', file.read())
    equal(len(names) > 100, True)
    with open(os.path.join(source, "conformance/explain/codes.def"), encoding="utf-8") as file:
        rows = re.findall(r"^CODE\(\s*0x([0-9A-F]{8})", file.read(), re.M)
    equal(rows, sorted(rows), "conformance/explain/codes.def is in the order of the numbers")
    equal(sorted(code for code, _ in names), rows, "ref/live/hresult.c and conformance/explain/codes.def have the same codes")
    equal(run(command, "explain", *(name for _, name in names)).returncode, 0)


def every_code_in_our_own_words_is_explained(command, source):
    files = [os.path.join(source, "conformance/explain", name) for name in os.listdir(os.path.join(source, "conformance/explain"))
             if name.endswith(".def")]
    files += [os.path.join(source, "docs", name) for name in os.listdir(os.path.join(source, "docs")) if name.endswith(".md")]
    codes = set()
    for name in files:
        with open(name, encoding="utf-8") as file:
            codes.update(re.findall(r"\b0x(?:80|[CD]0)[0-9A-Fa-f]{6}\b", file.read()))
    equal(len(codes) > 200, True)
    done = run(command, "explain", "--as", "code", *sorted(codes))
    equal((done.returncode, done.stderr), (0, b""))


def every_spelling_is_read(command, _):
    for spelling, title in SPELLINGS:
        if title == "0x803B0026":  # within a family, and not in the table
            equal(run(command, "explain", spelling).returncode, 1)
            continue
        done = run(command, "explain", spelling)
        equal(done.returncode, 0, "%s: %s" % (spelling, done.stderr))
        equal(title in done.stdout.decode(), True, "%s: %s" % (spelling, done.stdout))


def what_is_unknown_ends_with_one_line(command, _):
    chance = random.Random(15)
    for _ in range(40):
        number = chance.randrange(1 << 32, (1 << 64) - (1 << 32))
        for text in (str(number), hex(number), "-%d" % number):
            done = run(command, "explain", text)
            equal((done.returncode, done.stdout), (1, b""), text)
            one_line(done.stderr, "nothing is known about")
    for text in ("", " ", "lorem ipsum", "0x", "-", "\x01\x02", "#", "999999999999999999999999999", "0x8007ABCD", "{}", "error 1 of 3", "step 87", "[1,2", "é"):
        done = run(command, "explain", text)
        equal((done.returncode, done.stdout), (1, b""), repr(text))
        one_line(done.stderr, "nothing is known about")


def each_operand_stands_alone(command, _):
    done = run(command, "explain", "0x8037010D", "no-such-thing", "0x80370102")
    equal(done.returncode, 1)
    one_line(done.stderr, "'no-such-thing'")
    equal(done.stdout.count(b"What it means"), 2)
    done = run(command, "explain", "--json", "0x8037010D", "no-such-thing")
    equal([page["kind"] for page in json.loads(done.stdout)], ["code", None])
    equal(run(command, "explain").returncode, 2)
    equal(run(command, "explain", "--as", "sentence", "5").returncode, 2)
    equal(run(command, "explain", "--as", "code", "five").returncode, 1)


def a_near_name_is_suggested(command, _):
    done = run(command, "explain", "HCS_E_INVALID_JSN")
    equal(done.returncode, 1)
    one_line(done.stderr, "did you mean 'HCS_E_INVALID_JSON'?")


def too_wide(text, width):
    return [line for line in text.splitlines() if len(line) > width and len(line.split()) > 1]


def the_text_fits_the_width(command, _):
    for what in ("0xC0370106", "root-readonly"):
        equal(too_wide(run(command, "explain", what).stdout.decode(), 80), [])


END = b"<that is all>"


def a_terminal_says_how_wide_it_is(command, _):
    if os.name != "posix":
        print("skipped: there are no terminals to open here")
        return
    import fcntl
    import pty
    import struct
    import subprocess
    import termios
    for columns in (60, 100):
        leader, follower = pty.openpty()
        fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        subprocess.run([command, "explain", "--color", "never", "root-readonly"], stdout=follower, check=True, timeout=PATIENCE)
        os.write(follower, END)
        text = b""
        while END not in text:
            text += os.read(leader, 4096)
        os.close(follower)
        os.close(leader)
        text = text.replace(END, b"").decode().replace("\r\n", "\n")
        equal(too_wide(text, columns), [])
        equal(max(map(len, text.splitlines())) > columns - 20, True, "it uses the width")


main([every_known_code_is_explained, every_name_of_the_reference_has_a_row,
      every_code_in_our_own_words_is_explained, every_spelling_is_read,
      what_is_unknown_ends_with_one_line, each_operand_stands_alone, a_near_name_is_suggested, the_text_fits_the_width,
      a_terminal_says_how_wide_it_is])

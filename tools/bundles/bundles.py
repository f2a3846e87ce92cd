#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""bundles.py TOP WORK LIST: puts source files together that the compiler may read as one, and prints what to compile.

LIST is a file with a source file a line. Each bundle, WORK/DIGEST.c, includes up to sixteen of them; its name depends on
nothing else, so that two build folders compile the same. What is printed is a line "BUNDLE<tab>FILE..." each; a file that
stays alone is its own bundle.

Two files are kept apart when one has a name at file scope (of a function, object, type, tag, constant or macro) that the
other has, too, or that a header of the other has; and when they ask for different headers of the system. A file that
defines something before its last header stays alone: the header may ask for it. Macros of a file end with it. What this
does not see is an error of the compiler, never another program: a name has one meaning in a file, or none."""
import functools
import hashlib
import os
import re
import sys

MOST = 16
NOISE = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
DIRECTIVE = re.compile(r"^[ \t]*#(?:[^\n\\]|\\.)*(?:\\\n(?:[^\n\\]|\\.)*)*", re.M)
DEFINE = re.compile(r"^[ \t]*#[ \t]*define[ \t]+(\w+)", re.M)
UNDEFINE = re.compile(r"^[ \t]*#[ \t]*undef[ \t]+(\w+)", re.M)
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(["<])([^">\n]+)[">]', re.M)
# At the start of a line, since sources are laid out by clang-format: up to what ends the name that is declared.
DECLARED = re.compile(r"^([A-Za-z_][\w \t*]*?)(?:\(\*(\w+)\)|[(\[=;{,])", re.M)
TYPE_NAME = re.compile(r"^\}[ \t]*(\w+)", re.M)
MACRO_CALL = re.compile(r"^[A-Z][A-Z0-9_]*\(([^)]*)", re.M)
BODY = re.compile(r"^(?:typedef[ \t]+)?(?:struct|union|enum)[ \t]+(\w+)[ \t]*\{", re.M)
ENUM = re.compile(r"^(?:typedef[ \t]+|static[ \t]+const[ \t]+)?enum\b[^;{]*\{([^}]*)\}", re.M)
# Any file may ask for these, and none has a name of ours.
STANDARD = frozenset(
    "assert ctype errno float inttypes limits math setjmp signal stdarg stdbool stddef stdint stdio stdlib string time".split())


def names_of(text):
    """(what it has at file scope, its macros)"""
    macros = set(DEFINE.findall(text)) - set(UNDEFINE.findall(text))
    plain = DIRECTIVE.sub("", text)
    found = set(macros)
    for head, pointer in DECLARED.findall(plain):
        words = head.split()
        found.add(pointer or words[-1].strip("*"))
    found.update(TYPE_NAME.findall(plain))
    for arguments in MACRO_CALL.findall(plain):
        found.update(re.findall(r"\w+", arguments))
    for constants in ENUM.findall(plain):
        found.update(re.findall(r"(?:^|,)\s*(\w+)", constants))
    return found - {"", "static", "extern", "_Static_assert"}, macros


class Sources:
    """What the files have, and their headers, each read once."""

    def __init__(self, top):
        self.headers = {}
        for folder, folders, files in os.walk(top):
            folders[:] = [name for name in folders if name != "build" and not name.startswith(".")]
            for name in files:
                if name.endswith(".h"):
                    self.headers.setdefault(name, []).append(os.path.join(folder, name))

    def header(self, name, beside):
        """The header of ours that this include is of; None for others."""
        here = os.path.normpath(os.path.join(beside, name))
        known = self.headers.get(os.path.basename(name), [])
        return next((path for path in [here, *known] if path in known and path.endswith("/" + os.path.basename(name))
                     and (path == here or path.endswith("/" + name))), None)

    @functools.cache
    def read(self, path):
        """(names, macros, headers of ours, headers of the system, whether something is defined before a header, tags that get
        their members here)"""
        with open(path, encoding="utf-8") as file:
            raw = file.read()
        includes = [found for found in INCLUDE.finditer(raw) if found[2].endswith(".h")]
        ours, systems = set(), set()
        for found in includes:
            header = self.header(found[2], os.path.dirname(path)) if found[1] == '"' or "/" in found[2] else None
            if header:
                ours.add(header)
            else:
                systems.add(found[2])
        names, macros = names_of(NOISE.sub(lambda found: '""' if found[0][0] in "\"'" else "", raw))
        first = DEFINE.search(raw)
        early = bool(first and includes and first.start() < includes[-1].start())
        return names, macros, ours, systems, early, set(BODY.findall(raw))

    @functools.cache
    def closure(self, path):
        """(the names of all headers of ours, all headers of the system, {tag: where it gets its members})"""
        names, systems, bodies, seen, left = set(), set(), {}, {path}, [path]
        while left:
            at = left.pop()
            have, _, ours, others, _, tags = self.read(at)
            bodies.update(dict.fromkeys(tags, at))
            systems |= others
            if at != path:
                names |= have
            left += ours - seen
            seen |= ours
        return names, systems, bodies


def agree(some, others):
    """No tag gets its members in two places."""
    return all(others.get(tag, place) == place for tag, place in some.items())


def put_together(sources, files):
    """[[files], ...]"""
    bundles = []
    for path in files:
        names, macros, _, _, early, _ = sources.read(path)
        theirs, systems, bodies = sources.closure(path)
        own = names - macros
        key = frozenset(name for name in systems if name[:-2] not in STANDARD)
        place = None
        if not early:
            place = next((bundle for bundle in bundles if bundle["key"] == key and len(bundle["files"]) < MOST
                          and not own & bundle["own"] and not (names - theirs) & bundle["theirs"]
                          and not theirs & bundle["alone"] and agree(bodies, bundle["bodies"])), None)
        if place is None:
            place = {"key": None if early else key, "files": [], "own": set(), "theirs": set(), "alone": set(), "bodies": {}}
            bundles.append(place)
        place["files"].append(path)
        place["own"] |= own
        place["theirs"] |= theirs
        place["alone"] |= own - theirs
        place["bodies"].update(bodies)
    return [bundle["files"] for bundle in bundles]


def text_of(sources, files):
    lines = ["/* Made by tools/bundles: what is written here is lost. */"]
    for path in files:
        lines.append('#include "%s"' % path)
        lines += ["#undef %s" % macro for macro in sorted(sources.read(path)[1])]
    return "\n".join(lines) + "\n"


def write_once(path, text):
    if os.path.exists(path):
        return
    os.makedirs(os.path.dirname(path), exist_ok=True)
    part = "%s.%d" % (path, os.getpid())
    with open(part, "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(part, path)


def main():
    top, work, listed = sys.argv[1:4]
    sources = Sources(top)
    with open(listed, encoding="utf-8") as file:
        files = file.read().split("\n")
    for together in put_together(sources, [path for path in files if path]):
        name = together[0]
        if len(together) > 1:
            text = text_of(sources, together)
            name = os.path.join(work, hashlib.sha256(text.encode()).hexdigest()[:16] + ".c")
            write_once(name, text)
        print("\t".join([name, *together]))


main()

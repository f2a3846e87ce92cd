# SPDX-License-Identifier: Apache-2.0
"""All faults of a file in one program: each function that has some gets a copy for each fault, and hands over to the one
copy whose number the environment names when the program starts. So a file is compiled once for all of its faults."""
import collections
import re

from mutation.c_source import Source

VARIABLE = "HCSPROOF_PLANTED"
# Before everything else: the standard headers declare the two functions alike.
PRELUDE = """char *getenv(const char *name);
int atoi(const char *text);
static int planted_number;
__attribute__((constructor)) static void planted_choose(void) {
  const char *text = getenv("%s");
  planted_number = text == 0 ? 0 : atoi(text);
}
""" % VARIABLE


class Head:
    """What is before the body of a function: where it begins, and the parts that a copy changes."""

    def __init__(self, source, function):
        tokens = source.tokens
        first = function.first
        while first > 0 and tokens[first - 1].text not in (";", "}", ")"):
            first -= 1
        words = [token.text for token in tokens[first:function.first]]
        opened = function.first + 1
        self.start = tokens[first].at
        self.name = (tokens[function.first].at, tokens[function.first].end)
        self.body = (tokens[function.body.first].at, tokens[function.body.after - 1].end)
        self.is_static = "static" in words
        self.is_void = words[-1:] == ["void"]
        self.parameters = parameters(source, opened, source.partner[opened])
        plain = all(token.kind == "word" or token.text == "*" for token in tokens[first:function.first])
        self.can_hand_over = plain and tokens[opened].text == "(" and self.parameters is not None


def parameters(source, opened, closed):
    """The names of a function's parameters; None when a call cannot hand them on."""
    names, part, at = [], [], opened + 1
    while at <= closed:
        token = source.tokens[at]
        if at == closed or token.text == ",":
            if [word.text for word in part] not in ([], ["void"]):
                names.append(part[-1].text)
            part = []
        elif token.text in ("(", "...", "{"):
            return None
        elif token.text == "[":
            at = source.partner[at]
        elif token.kind == "word" or token.text == "*":
            part.append(token)
        at += 1
    return names if all(re.fullmatch(r"[a-z_]\w*", name) for name in names) else None


class Switched:
    """The text of a file with all of its faults, by number, and which lines of it are of which fault."""

    def __init__(self, text, mutants):
        """`mutants`: {number: mutant}, all of this file."""
        self.source, self.text = Source(text), text
        self.groups, self.left = self.by_function(mutants)
        self.lines = []  # (first line, last line, number)
        self.whole = self.build()

    def by_function(self, mutants):
        """([(head, {number: mutant})] in the order of the file, the numbers of those outside of functions)."""
        groups, left = collections.OrderedDict(), set(mutants)
        for function in self.source.functions:
            head = Head(self.source, function)
            inside = {number: mutant for number, mutant in mutants.items()
                      if head.body[0] <= mutant.start and mutant.end <= head.body[1]}
            if inside and head.can_hand_over:
                groups[head.start] = (head, inside)
                left -= set(inside)
        return list(groups.values()), left

    def without(self, numbers):
        """The same without these, which do not compile."""
        mutants = {number: mutant for _, inside in self.groups for number, mutant in inside.items() if number not in numbers}
        return Switched(self.text, mutants)

    def build(self):
        parts, at = [PRELUDE], 0
        line = PRELUDE.count("\n") + 1

        def put(piece):
            nonlocal line
            parts.append(piece)
            line += piece.count("\n")

        for head, inside in self.groups:
            put(self.text[at:head.start])
            for number in inside:
                put(self.declared(head, number) + ";\n")
            put(self.text[head.start:head.body[0]] + "{ " + self.handed_over(head, inside))
            put(self.text[head.body[0] + 1:head.body[1]] + "\n")
            for number, mutant in inside.items():
                first = line
                put(self.declared(head, number))
                put(self.text[head.body[0]:mutant.start] + mutant.text + self.text[mutant.end:head.body[1]] + "\n")
                self.lines.append((first, line - 1, number))
            at = head.body[1]
        parts.append(self.text[at:])
        return "".join(parts)

    def declared(self, head, number):
        start = self.text[head.start:head.name[0]]
        start = re.sub(r"\bHCSREF_[A-Z]+\b", "", start)
        return "%s%s%s__%d%s" % ("" if head.is_static else "static ", start, self.text[head.name[0]:head.name[1]], number,
                                 self.text[head.name[1]:head.body[0]])

    def handed_over(self, head, inside):
        name, arguments = self.text[head.name[0]:head.name[1]], ", ".join(head.parameters)
        form = "case %%d: %s__%%d(%s); return;" if head.is_void else "case %%d: return %s__%%d(%s);"
        form %= (name, arguments)
        return "switch (planted_number) { %s default: break; }" % " ".join(form % (number, number) for number in inside)

    def number_at(self, line):
        """The fault that this line of the text is of, or None."""
        return next((number for first, last, number in self.lines if first <= line <= last), None)


def faulty_lines(output, path):
    """The lines of a file that a compiler calls wrong."""
    return {int(line) for line in re.findall(r"^%s:(\d+):\d+: (?:fatal )?error:" % re.escape(path), output, re.M)}

# SPDX-License-Identifier: Apache-2.0
"""Small faults, as a person in a hurry makes them. Each is one replacement in one file."""
import re
from dataclasses import dataclass

from mutation.c_source import Source, walk

# Say where in the input a fault is, for people: an answer's "where", which no case names. The library's tests check it.
PLACES = {"place_of", "first_pipe", "hcsref_limit_place"}
PLACE_ARGUMENTS = re.compile(r'\w+->\w+\.len == 0 \? "\w+" : "\w+"')
# Any distribution of paths over buckets is right; a bad one is slow.
SPEED = {"bucket_of"}
# Say which rule made a field: no answer tells it. The library's test_provenance and test_explain look at it.
ORIGINS = re.compile(r"note_\w+|made_for_\w+|hcsref_vm_(explain|made_for)")
ORIGIN_WANTED = re.compile(r"if \([\w.>-]+provenance != NULL\)")
ORIGIN_NOTED = re.compile(r"\bHCSREF_NOTE\(|\bhcsref_note_\w+\(|\bhcsref_provenance_\w+\(|\b(hcsref_vm_)?made_for(_\w+)?\(|\.provenance = ")
PLACE_MEMBERS = re.compile(r"next->(list|index) = |e->where = |hcsref_buf_append\w*\(&where\b")
# Out of memory: no case can refuse memory. The library's tests refuse each byte in turn.
MEMORY = re.compile(r"\bhcsref_fail_memory\b|\bfailed\b|(\.|->)cap = ")
# What a release lacks is answered "unsupported", which is no answer of a case. The library's test_shim_releases asks for it.
LACKING = re.compile(r"\bhcsref_fail_release\b|\"(unsupported|profile-lacks-program)\"")
# A message is still empty when a call has failed for lack of memory, and only then.
NO_MESSAGE = re.compile(r"\*?\w+ = hcsref_no_message\(\);")
REFUSED = re.compile(r"if \([\w.>\-\[\]]+ == NULL( \|\| [\w.>\-\[\]]+ == NULL)*\) return (false|NULL|0);")
# A function that is given neither an error to fill nor one of the objects that hold it fails for lack of memory only.
PASSED_ON = re.compile(r"if \(!\w+\(.*\)\) return false;")
TELLS = re.compile(r"\b(err|b|p|r|host)\b")
# These are given one of them, and fail for lack of memory all the same.
MEMORY_ONLY = re.compile(r"!(join_image|with_backslash|read_mount|supply_all|split_block_path)\(")
# x < low ? low : x, and if (x < low) x = low: at the bound itself both are the same.
CLAMP = re.compile(r"(?:if \((\w+) [<>] (\w+)\) \1 = \2;|return (\w+) [<>] (\w+) \? \4 : \3;)")
# One more byte of room, or one more of an array, is the same to everybody; so is the room of an empty list.
ROOM = {"hcsref_arena_take", "hcsref_arena_alloc", "hcsref_arena_array", "sizeof"}
# Slugs and JSON pointers of errors: see PLACES.
SLUG = re.compile(r'"[a-z0-9]+(-[a-z0-9]+)+"|"/[\w/%]*"|"/annotations/[^"]*"|""')

# Questions without an effect: their order is nobody's business.
PURE = re.compile(r"\b(hcsref_)?(is|str)_\w+\(|\bsizeof\(")
# Of these both must be: beside another, which may ask the host, the order shows. Annotations are written sorted.
ASKED = re.compile(PURE.pattern + r"|\bhcsref_(has|read_bool|annotate|cstr)\(|\bHCSREF_LIT\(")
CALL = re.compile(r"\w\(")

BOUND = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
SWAPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "!=", "!=": "=="}
LOGIC = {"&&": "||", "||": "&&"}
ARITHMETIC = {"+": "-", "-": "+", "/": "*", "%": "/", "+=": "-=", "-=": "+=", "++": "--", "--": "++"}


@dataclass(frozen=True)
class Mutant:
    file: str  # below ref/
    line: int
    function: str  # "" outside of functions
    operator: str
    start: int  # the bytes of the file that are replaced
    end: int
    text: str
    before: str  # for people: what was there and what is there now
    after: str

    @property
    def key(self):
        """The same for as long as the place itself is."""
        return (self.file, self.function, self.operator, self.before, self.after)


def one_line(text):
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    return re.sub(r"\s+", " ", text).strip()


class Planter:
    def __init__(self, file, text):
        self.file = file
        self.source = Source(text)
        self.found = []
        self.left_out = 0
        self.calls = self.calls_around()
        self.whole = []  # (start, end) of checks that are told with what they return
        self.quiet = []  # (start, end) of bytes where nothing is planted

    def add(self, operator, function, start, end, text, shown=None):
        """`shown`: the part of the source that a person has to see; the check or the line by default."""
        if any(a <= start < b for a, b in self.quiet):
            self.left_out += 1
            return
        source = self.source
        line = source.line_of(start)
        if shown is None:
            shown = next((span for span in self.whole if span[0] <= start and end <= span[1]), None)
        if shown is None:
            begin = source.lines[line - 1]
            shown = (begin, begin + len(source.line_text(line)))
        shown = (min(shown[0], start), max(shown[1], end))
        before = source.text[shown[0]:shown[1]]
        after = source.text[shown[0]:start] + text + source.text[end:shown[1]]
        self.found.append(Mutant(self.file, line, function, operator, start, end, text, one_line(before),
                                 one_line(after)))

    def calls_around(self):
        """Token -> names of the calls whose arguments it is part of."""
        tokens, calls = self.source.tokens, {}
        for opened, closed in self.source.partner.items():
            if opened < closed and tokens[opened].text == "(" and opened > 0 and tokens[opened - 1].kind == "word":
                for i in range(opened + 1, closed):
                    calls.setdefault(i, set()).add(tokens[opened - 1].text)
        return calls

    def span(self, first, after):
        tokens = self.source.tokens
        return tokens[first].at, tokens[after - 1].end

    @staticmethod
    def is_small(statement):
        inner = statement.children if statement.kind == "block" else [statement]
        return len(inner) <= 2 and all(s.kind in ("return", "expression") for s in inner)

    def hush_passed_on(self, statement):
        """What is returned when something has failed, where that can only be memory."""
        text = one_line(self.source.between(statement.first, statement.after))
        if statement.kind == "if" and PASSED_ON.fullmatch(text):
            condition = self.source.between(*statement.condition)
            if "&&" not in condition and (not TELLS.search(condition) or MEMORY_ONLY.match(condition)):
                child = statement.children[0]
                self.quiet.append(self.span(child.first, child.after))

    def hush_places(self, statement):
        if statement.kind in ("return", "if"):
            start, end = self.span(statement.first, statement.after)
            for found in PLACE_ARGUMENTS.finditer(self.source.text, start, end):
                self.quiet.append(found.span())

    def is_clamp(self, i):
        """Whether token i is the comparison of a bound that is kept."""
        line = self.source.line_of(self.source.tokens[i].at)
        here = one_line(self.source.line_text(line))
        return bool(CLAMP.fullmatch(here) or CLAMP.fullmatch(here + " " + one_line(self.source.line_text(line + 1))))

    def only_notes(self, loop):
        """Whether all that a loop does is to note where things come from."""
        body = loop.children[0]
        return body.kind == "expression" and bool(ORIGIN_NOTED.match(one_line(self.source.between(body.first, body.after))))

    def hush(self, function):
        """Marks what no case can see."""
        if function.name in PLACES | SPEED or ORIGINS.fullmatch(function.name):
            self.quiet.append(self.span(function.first, function.body.after))
        for statement in walk(function.body):
            if statement.kind == "loop" and self.only_notes(statement):
                self.quiet.append(self.span(statement.first, statement.after))
            if statement.kind in ("block", "loop", "switch"):
                continue
            self.hush_passed_on(statement)
            self.hush_places(statement)
            text = one_line(self.source.between(statement.first, statement.after))
            if statement.kind == "if" and ORIGIN_WANTED.match(text) and not statement.has_else:
                self.quiet.append(self.span(statement.first, statement.after))
            simple = statement.kind != "if" or all(self.is_small(child) for child in statement.children)
            if statement.kind == "expression" and (ORIGIN_NOTED.search(text) or NO_MESSAGE.fullmatch(text)):
                self.quiet.append(self.span(statement.first, statement.after))
            quiet = (MEMORY.search, LACKING.search, REFUSED.fullmatch, PLACE_MEMBERS.match)
            if simple and any(matches(text) for matches in quiet):
                self.quiet.append(self.span(statement.first, statement.after))

    # ---- the operators ----

    def tokens_of(self, function, first, after):
        for i in range(first, after):
            token = self.source.tokens[i]
            if token.kind == "mark":
                self.mark(function, i, token)
            elif token.kind in ("number", "char", "string"):
                self.constant(function, i, token)
            elif token.text in ("true", "false"):
                self.add("constant", function, token.at, token.end, "false" if token.text == "true" else "true")

    def mark(self, function, i, token):
        tokens = self.source.tokens
        for operator, table in (("bound", BOUND), ("comparison", SWAPPED), ("logic", LOGIC)):
            if token.text in table and not (operator == "bound" and self.is_clamp(i)):
                self.add(operator, function, token.at, token.end, table[token.text])
        binary = tokens[i - 1].kind in ("word", "number", "char") or tokens[i - 1].text in (")", "]")
        if token.text in ARITHMETIC and (binary or token.text in ("++", "--")) and tokens[i - 1].text != "return":
            self.add("arithmetic", function, token.at, token.end, ARITHMETIC[token.text])
        if token.text == "!":
            self.add("negation", function, token.at, token.end, "")
        if token.text == "?":
            self.ternary(function, i)
        if token.text in LOGIC:
            self.operands(function, i)

    def constant(self, function, i, token):
        text, calls = token.text, self.calls.get(i, set())
        before = self.source.tokens[i - 1]
        if token.kind == "number" and (calls & ROOM or self.is_length(i) or self.is_room(i) or self.is_unread(i)):
            return
        if token.kind == "string" and any(call.startswith("hcsref_fail") for call in calls):
            if " " not in text and "%" not in text:
                return
        if token.kind == "number":
            number = re.match(r"0[xX][0-9a-fA-F]+|[0-9]+", text).group()
            changed = str(int(number, 0) + 1) + text[len(number):]
        elif token.kind == "char":
            changed = "'~'"
        elif SLUG.fullmatch(text) or before.kind == "string" or self.is_counted(i):
            return
        else:
            changed = text[:-1] + '~"'
        self.add("constant", function, token.at, token.end, changed)

    def is_length(self, i):
        """Of an array that is declared: type name[2]."""
        tokens = self.source.tokens
        return tokens[i - 1].text == "[" and tokens[i + 1].text == "]" and tokens[i - 2].kind == "word" and (
            tokens[i - 3].kind == "word" or tokens[i - 3].text == "*")

    def is_room(self, i):
        """The last of {NULL, 0, 0}, an empty hcsref_slice."""
        return [t.text for t in self.source.tokens[max(0, i - 5):i + 2]] == ["{", "NULL", ",", "0", ",", "0", "}"]

    def is_counted(self, i):
        """Of {"text", 4}: what stands behind the four bytes is not read."""
        tokens = self.source.tokens
        bytes_in = len(re.findall(r"\\x[0-9A-Fa-f]{2}|\\.|.", tokens[i].text[1:-1]))
        return [t.text for t in (tokens[i - 1], *tokens[i + 1:i + 4])] == ["{", ",", str(bytes_in), "}"]

    def is_unread(self, i):
        """The {0} of a text or of an error: where bytes begin that are not there, or a slug that is written first."""
        tokens = self.source.tokens
        if [t.text for t in tokens[i - 2:i + 2]] != ["=", "{", "0", "}"]:
            return False
        line = one_line(self.source.line_text(self.source.line_of(tokens[i].at)))
        return line.startswith(("hcsref_str ", "hcsref_error "))

    def extent(self, i, step, stops):
        """The last token of an operand that begins beside token i."""
        tokens, brackets = self.source.tokens, ")]}" if step < 0 else "([{"
        enders = "([{" if step < 0 else ")]}"
        at = i + step
        while True:
            token = tokens[at]
            if token.kind == "mark" and token.text in brackets:
                at = self.source.partner[at]
            elif token.text in stops or (token.kind == "mark" and token.text in enders):
                return at - step
            at += step

    def ternary(self, function, i):
        """a ? b : c becomes a ? c : b."""
        colon = self.extent(i, 1, (":",)) + 1
        last = self.extent(colon, 1, (";", ",", ":"))
        yes, no = self.span(i + 1, colon), self.span(colon + 1, last + 1)
        text = self.source.text
        swapped = text[no[0]:no[1]] + text[yes[1]:no[0]] + text[yes[0]:yes[1]]
        self.add("condition", function, yes[0], no[1], swapped)

    def operands(self, function, i):
        """The order of two questions: f(a) && g(b) becomes g(b) && f(a)."""
        stops = ("&&", "||", "=", "?", ":", ",", ";", "return")
        first, last = self.extent(i, -1, stops), self.extent(i, 1, stops)
        left, right = self.span(first, i), self.span(i + 1, last + 1)
        text = self.source.text
        left_text, right_text = text[left[0]:left[1]], text[right[0]:right[1]]
        if not (CALL.findall(PURE.sub("", left_text)) and CALL.findall(PURE.sub("", right_text))):
            return
        if not CALL.findall(ASKED.sub("", left_text + right_text)):
            return
        self.add("order", function, left[0], right[1], right_text + text[left[1]:right[0]] + left_text)

    def is_plain(self, first, after):
        """A condition that is empty, or whose negation another operator makes."""
        tokens, marks, i = self.source.tokens, [], first
        while i < after:
            marks.append(tokens[i].text)
            i = self.source.partner[i] + 1 if tokens[i].text in ("(", "[") else i + 1
        return not marks or not {"&&", "||", "?"} & set(marks) and bool({"==", "!=", "!"} & set(marks))

    def statement(self, function, statement, only):
        """`only`: all that an if is there for; dropping that one is the same."""
        source = self.source
        if statement.kind in ("if", "loop") and not self.is_plain(*statement.condition):
            start, end = self.span(*statement.condition)
            self.add("condition", function, start, end, "!(%s)" % source.text[start:end])
        if statement.kind == "expression" and source.tokens[statement.first].text != "(" and not only:
            start, end = self.span(statement.first, statement.after)
            self.add("statement", function, start, end, ";")
        guard = statement.kind == "if" and not statement.has_else
        if guard:
            start, end = self.span(statement.first, statement.after)
            self.add("statement", function, start, end, ";")
        if statement.kind == "jump" and source.tokens[statement.first].text == "break":
            start, end = self.span(statement.first, statement.after)
            self.add("statement", function, start, end, ";")
        if statement.kind == "block":
            self.neighbours(function, statement)

    def neighbours(self, function, block):
        """Two checks one after the other change places."""
        for one, two in zip(block.children, block.children[1:]):
            checks = all(s.kind == "if" and not s.has_else and "return" in self.source.between(s.first, s.after)
                         for s in (one, two))
            if checks:
                a, b = self.span(one.first, one.after), self.span(two.first, two.after)
                text = self.source.text
                self.add("order", function, a[0], b[1], text[b[0]:b[1]] + text[a[1]:b[0]] + text[a[0]:a[1]])

    def outside(self, after, until):
        """Tables: their constants."""
        tokens = self.source.tokens
        for i in range(after, until):
            if tokens[i].kind in ("number", "string", "char"):
                self.constant("", i, tokens[i])

    def directives(self):
        for directive in self.source.directives:
            found = re.match(r"#define \w+\s+\(?((?:0x[0-9a-fA-F]+|\d+)\b|\"[^\"\n]*\")", directive.text)
            if not found or SLUG.fullmatch(found.group(1)):
                continue
            value = found.group(1)
            changed = value[:-1] + '~"' if value[0] == '"' else str(int(value, 0) + 1)
            start = directive.at + found.start(1)
            self.add("constant", "", start, start + len(value), changed)

    def plant(self):
        at, alone = 0, set()
        for function in self.source.functions:
            self.hush(function)
            self.whole += [self.span(s.first, s.after) for s in walk(function.body)
                           if s.kind == "if" and not s.has_else and s.children[0].kind == "return"]
        for function in self.source.functions:
            self.outside(at, function.first)
            at = function.body.after
            self.tokens_of(function.name, function.body.first, function.body.after)
            for statement in walk(function.body):
                self.statement(function.name, statement, id(statement) in alone)
                if statement.kind == "if" and not statement.has_else:
                    alone.add(id(statement.children[0]))
        self.outside(at, len(self.source.tokens))
        self.directives()
        self.found.sort(key=lambda m: (m.start, m.end, m.operator, m.text))
        return self.found


def plant(file, text):
    """(mutants in the order of the file, number of places that no case can see)."""
    planter = Planter(file, text)
    return planter.plant(), planter.left_out

# SPDX-License-Identifier: Apache-2.0
"""As much of C as planting faults needs: tokens, functions, and the statements in them."""
import bisect
import re
from dataclasses import dataclass, field

TOKEN = re.compile(r"""
    (?P<comment>/\*.*?\*/|//[^\n]*)
  | (?P<directive>^[ \t]*\#(?:\\\n|[^\n])*)
  | (?P<string>"(?:\\.|[^"\\\n])*")
  | (?P<char>'(?:\\.|[^'\\\n])+')
  | (?P<number>(?:0[xX][0-9a-fA-F]+|[0-9]+)[uUlL]*)
  | (?P<word>[A-Za-z_]\w*)
  | (?P<mark>->|\+\+|--|<<=|>>=|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|\.\.\.|[^\s])
""", re.X | re.M | re.S)


@dataclass(frozen=True)
class Token:
    kind: str
    text: str
    at: int

    @property
    def end(self):
        return self.at + len(self.text)


@dataclass
class Statement:
    """Tokens [first, after) of a source. For "if" and "loop", tokens [condition[0], condition[1]) are the condition."""
    kind: str  # block, if, loop, switch, return, jump, declaration, expression
    first: int
    after: int
    condition: tuple = None
    children: list = field(default_factory=list)
    has_else: bool = False


@dataclass
class Function:
    name: str
    body: Statement
    first: int  # token of its name


class Source:
    def __init__(self, text):
        self.text = text
        self.lines = [0] + [m.end() for m in re.finditer("\n", text)]
        found = [Token(m.lastgroup, m.group(), m.start()) for m in TOKEN.finditer(text)]
        self.directives = [t for t in found if t.kind == "directive"]
        self.tokens = [t for t in found if t.kind not in ("comment", "directive")]
        self.partner = self._pair()
        self.functions = self._functions()

    def line_of(self, at):
        """Counted from 1."""
        return bisect.bisect_right(self.lines, at)

    def line_text(self, line):
        return self.text[self.lines[line - 1]:].split("\n", 1)[0]

    def between(self, first, after):
        """The text of tokens [first, after)."""
        return self.text[self.tokens[first].at:self.tokens[after - 1].end]

    def _pair(self):
        """Index of an opening bracket -> of its closing one, and back."""
        partner, opened = {}, []
        for i, token in enumerate(self.tokens):
            if token.kind != "mark":
                continue
            if token.text in "([{":
                opened.append(i)
            elif token.text in ")]}":
                partner[i] = opened.pop()
                partner[partner[i]] = i
        if opened:
            raise ValueError("a bracket is left open at line %d" % self.line_of(self.tokens[opened[-1]].at))
        return partner

    def _functions(self):
        functions, i = [], 0
        while i < len(self.tokens):
            token = self.tokens[i]
            if token.text == "{" and i > 0 and self.tokens[i - 1].text == ")":
                name = self.partner[i - 1] - 1
                functions.append(Function(self.tokens[name].text, self._statement(i), name))
            i = self.partner[i] + 1 if token.kind == "mark" and token.text in "({[" else i + 1
        return functions

    def _statement(self, i):
        text = self.tokens[i].text
        if text == "{":
            return self._block(i)
        if text == "if":
            return self._if(i)
        if text in ("for", "while", "switch"):
            head_end = self.partner[i + 1]
            body = self._statement(head_end + 1)
            condition = self._for_condition(i + 1) if text == "for" else (i + 2, head_end)
            return Statement("switch" if text == "switch" else "loop", i, body.after, condition, [body])
        if text == "do":
            body = self._statement(i + 1)
            close = self.partner[body.after + 1]
            return Statement("loop", i, close + 2, (body.after + 2, close), [body])
        return self._simple(i)

    def _block(self, i):
        end, at, children = self.partner[i], i + 1, []
        while at < end:
            if self.tokens[at].text in ("case", "default"):
                while self.tokens[at].text != ":":
                    at += 1
                at += 1
                continue
            children.append(self._statement(at))
            at = children[-1].after
        return Statement("block", i, end + 1, None, children)

    def _if(self, i):
        head_end = self.partner[i + 1]
        then = self._statement(head_end + 1)
        found = Statement("if", i, then.after, (i + 2, head_end), [then])
        if then.after < len(self.tokens) and self.tokens[then.after].text == "else":
            other = self._statement(then.after + 1)
            found.children.append(other)
            found.after, found.has_else = other.after, True
        return found

    def _for_condition(self, open_bracket):
        """What is between the two semicolons of a for."""
        first = self._end_of_simple(open_bracket + 1)
        return first, self._end_of_simple(first) - 1

    def _end_of_simple(self, i):
        """Behind the next semicolon that is outside of brackets."""
        while self.tokens[i].text != ";":
            i = self.partner[i] + 1 if self.tokens[i].text in ("(", "{", "[") else i + 1
        return i + 1

    def _simple(self, i):
        after = self._end_of_simple(i)
        text = self.tokens[i].text
        if text == "return":
            kind = "return"
        elif text in ("break", "continue", "goto"):
            kind = "jump"
        elif self._is_declaration(i):
            kind = "declaration"
        else:
            kind = "expression"
        return Statement(kind, i, after)

    def _is_declaration(self, i):
        first, second = self.tokens[i], self.tokens[i + 1]
        if first.text in ("const", "static", "struct", "unsigned", "enum", "union"):
            return True
        return first.kind == "word" and (second.kind == "word" or second.text == "*")


def walk(statement):
    yield statement
    for child in statement.children:
        yield from walk(child)

# SPDX-License-Identifier: Apache-2.0
"""The cases of one release as questions to a program, and which of them tell its answers from those without a fault."""
import json
import os
import signal
import subprocess

# Of all answers for one release, or of a test of the library: processor time, which an endless loop uses up, and time by the clock.
PROCESSOR_SECONDS = {"quick": 4, "sanitized": 60}
LONGEST = 300
MOST_MEMORY = 1024  # MB
MOST_OUTPUT = 64  # MB


def limits(build):
    """For a shell, of what is started with a fault."""
    text = "ulimit -t %d; ulimit -f %d; " % (PROCESSOR_SECONDS[build], MOST_OUTPUT * 1024)
    # The sanitizers have their own limit of memory, and reserve more than they use.
    return text + ("ulimit -v %d; " % (MOST_MEMORY * 1024) if build == "quick" else "")


def read_lines(path):
    with open(path, "rb") as file:
        return file.read().split(b"\n")


def ok_of(line):
    """The text of the document in an answer."""
    text = line.decode("utf-8", "surrogatepass")
    start = text.index('"ok":') + len('"ok":')
    return text[start:json.JSONDecoder().raw_decode(text, start)[1]]


def tells_apart(expect, wanted, given):
    """Whether a case that expects this tells the answer `given` from `wanted`, the one without a fault: by the bytes of a
    document, the message of an error, and the questions that the case names."""
    if wanted == given:
        return False
    try:
        want, got = json.loads(wanted), json.loads(given)
    except ValueError:
        return True
    if ("ok" in want) != ("ok" in got) or ("error" in want) != ("error" in got):
        return True
    if "ok" in want:
        if ok_of(wanted) != ok_of(given):
            return True
    elif error_differs(expect, want["error"], got["error"]):
        return True
    return "host_calls" in expect and want.get("host_calls") != got.get("host_calls")


def error_differs(expect, want, got):
    prefix = expect.get("message_prefix")
    if prefix is not None:
        if not got.get("message", "").startswith(prefix):
            return True
    elif "message" in expect.get("error", {}) and want.get("message") != got.get("message"):
        return True
    return "requests" in expect and want.get("requests") != got.get("requests")


class Play:
    """The cases of one file, one per line, as one release."""

    def __init__(self, kind, profile, cases):
        self.kind, self.profile, self.cases = kind, profile, cases
        with open(cases, encoding="utf-8") as file:
            read = [json.loads(line) for line in file]
        self.names = [case["id"] for case in read]
        self.expects = [case["expect"] for case in read]
        self.lines = [json.dumps({"hello": {"protocol": 1, "kit": "mutants", "profile": profile}}) + "\n"]
        self.lines += [json.dumps({"id": number, "op": case["op"], "params": case["params"]}) + "\n"
                       for number, case in enumerate(read)]
        self.questions = cases + ".questions"
        self.write_questions(self.questions, range(len(read)))
        self.wanted = None

    def write_questions(self, path, numbers):
        with open(path, "w", encoding="utf-8") as out:
            out.write(self.lines[0])
            out.writelines(self.lines[1 + number] for number in numbers)

    def ask(self, build, program, out, environment, questions=None):
        """(status, lines): the hello and the answers, as far as they came. `questions`: a file of some of them."""
        with open(questions or self.questions, "rb") as questions, open(out, "wb") as answers:
            with subprocess.Popen(["sh", "-c", limits(build) + 'exec "$@"', "sh", program, "serve"], stdin=questions, stdout=answers,
                                  stderr=subprocess.DEVNULL, env=environment, start_new_session=True) as process:
                try:
                    status = process.wait(LONGEST)
                except subprocess.TimeoutExpired:
                    os.killpg(process.pid, signal.SIGKILL)
                    status = -signal.SIGXCPU
        return status, read_lines(out)[:-1]

    def learn(self, program, out):
        """Takes the answers of a program without faults for right: the cases have been played against it."""
        status, self.wanted = self.ask("quick", program, out, None)
        return status == 0 and len(self.wanted) == len(self.names) + 1

    def telling(self, numbers, given):
        """Which of the questions with these numbers are told apart by the answers to them."""
        return [number for number, got in zip(numbers, given)
                if tells_apart(self.expects[number], self.wanted[1 + number], got)]

    def apart(self, numbers, ask):
        """The same when the program may end at some of them: those are asked by halves, until each is alone. `ask`: from
        numbers to (status, answers)."""
        status, given = ask(numbers)
        if status == 0 and len(given) == len(numbers):
            return self.telling(numbers, given)
        if len(numbers) == 1:
            return list(numbers)
        middle = len(numbers) // 2
        return self.apart(numbers[:middle], ask) + self.apart(numbers[middle:], ask)

    def judge(self, build, program, out, environment, every=False):
        """What came of it, "survived", "failed", "broken" or "hung", and the cases that tell, in their order. What a
        program that ends has not said is put down to the first case without an answer; with `every`, to those that end it."""
        status, given = self.ask(build, program, out, environment)
        numbers = range(len(self.names))
        if status == 0 and given == self.wanted:
            return "survived", []
        if given[:1] != self.wanted[:1]:
            return "broken", self.names if every else self.names[:1]
        found = self.telling(numbers, given[1:])
        result = "failed" if found else "survived"
        if status != 0 or len(given) != len(self.wanted):
            result = "hung" if status in (-signal.SIGXCPU, -signal.SIGKILL) else "broken"
            found += numbers[max(len(given) - 1, 0):][:1]
        if result == "broken" and every:
            def ask(some):
                self.write_questions(out + ".questions", some)
                status, lines = self.ask(build, program, out, environment, out + ".questions")
                return status, lines[1:]
            found = self.apart(numbers, ask)
        return result, [self.names[number] for number in found]

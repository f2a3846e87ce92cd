# SPDX-License-Identifier: Apache-2.0
"""hcsproof serve: every recorded case, and a runner that does not behave."""
import base64
import json
import os
import subprocess
import threading

from kit import PATIENCE, curated_cases, equal, main, one_line, recorded_cases, run

HELLO = b'{"hello":{"protocol":1,"kit":"test","profile":"baseline"}}\n'


def ask(command, data, *options, status=0):
    """The lines that come back, and standard error."""
    done = run(command, "serve", *options, stdin=data)
    equal(done.returncode, status, done.stderr.decode())
    return done.stdout.decode("utf-8").split("\n")[:-1], done.stderr


def frame(number, case):
    return json.dumps({"id": number, "op": case["op"], "params": case["params"]}).encode() + b"\n"


def check_case(case, number, line):
    answer = json.loads(line)
    expect = case["expect"]
    equal(answer["id"], number, case["id"])
    if "error" in expect:
        if "error" not in answer:
            raise AssertionError(f"{case['id']}: an error is expected: {line[:500]}")
        if "message" in expect["error"]:
            equal(answer["error"]["message"], expect["error"]["message"], case["id"])
    elif "text" in expect:
        start = f'{{"id":{number},"ok":{expect["text"]}'
        if not line.startswith(start) or line[len(start)] not in ",}":
            equal(line, start, case["id"])
    else:
        equal(answer.get("ok", answer), expect["ok"], case["id"])
    if "host_calls" in expect:
        equal(answer["host_calls"], expect["host_calls"], case["id"])


def every_recorded_case(command, source):
    cases = list(recorded_cases(source, "*.jsonl"))
    equal(len(cases) > 1000, True, "the recorded cases are there")
    lines, _ = ask(command, HELLO + b"".join(frame(i, case) for i, case in enumerate(cases)))
    equal(len(lines), len(cases) + 1)
    failures = []
    for i, case in enumerate(cases):
        try:
            check_case(case, i, lines[i + 1])
        except AssertionError as failure:
            failures.append(str(failure))
    equal(failures[:5], [], f"{len(failures)} cases fail")


def hello_lists_every_operation(command, source):
    lines, _ = ask(command, HELLO)
    hello = json.loads(lines[0])["hello"]
    equal(hello["protocol"], 1)
    names = {case["op"] for case in recorded_cases(source, "*.jsonl")}
    equal(names - set(hello["ops"]), set())
    equal(hello["profiles"], ["baseline"])


def the_hello_chooses_the_profile(command, source):
    lines, _ = ask(command, b'{"hello":{"protocol":1,"profile":"containerd-2.1"}}\n'
                   b'{"id":1,"op":"docker-to-oci","params":{}}\n{"id":2,"op":"clean-path","params":{"path":"a/b"}}\n')
    hello = json.loads(lines[0])["hello"]
    equal(hello["profile"], "containerd-2.1.9")
    equal(hello["releases"], {"containerd": "2.1.9", "hcsshim": "0.13.0", "go": "1.25.11"})
    equal(json.loads(lines[2]), {"id": 2, "ok": {"path": "a\\b"}})


def what_the_profile_lacks_is_unsupported(command, source):
    lines, _ = ask(command, b'{"hello":{"protocol":1,"profile":"go-1.22.12"}}\n'
                   b'{"id":1,"op":"is-named-pipe","params":{"path":"a"}}\n')
    equal(json.loads(lines[1]), {"id": 1, "unsupported": "profile go-1.22.12 has no containerd"})


def an_unknown_profile_is_refused(command, source):
    lines, errors = ask(command, b'{"hello":{"protocol":1,"profile":"containerd-9.9"}}\n', status=2)
    equal(lines, [])
    one_line(errors, 'unknown profile "containerd-9.9"', "[profile-unknown]")


def the_profile_may_be_an_option(command, source):
    question = b'{"id":1,"op":"clean-path","params":{"path":"//./pipe/x"}}\n'
    lines, _ = ask(command, b'{"hello":{"protocol":1}}\n' + question, "--profile", "go-1.22.12")
    equal(json.loads(lines[0])["hello"]["profile"], "go-1.22.12")
    equal(json.loads(lines[1])["ok"], {"path": "\\\\.\\pipe\\x"})
    lines, _ = ask(command, HELLO + question, "--profile", "go-1.22.12")
    equal(json.loads(lines[1])["ok"], {"path": "\\pipe\\x"})
    done = run(command, "serve", "--one-shot", "clean-path", "--profile", "go-1.22.12", stdin=b'{"path":"//./pipe/x"}')
    equal(json.loads(done.stdout), {"path": "\\\\.\\pipe\\x"})
    done = run(command, "serve", "--profile", "go-2.0.0")
    equal((done.returncode, done.stdout), (2, b""))
    one_line(done.stderr, 'unknown profile "go-2.0.0"', "[profile-unknown]")


def another_protocol_is_refused(command, source):
    lines, errors = ask(command, b'{"hello":{"protocol":2}}\n' + b'{"id":1,"op":"clean-path","params":{}}\n', status=2)
    equal(lines, [])
    one_line(errors, "speaks protocol 2", "[protocol-version]")


def unknown_operations_are_unsupported(command, source):
    lines, _ = ask(command, b'{"id":1,"op":"make-coffee","params":{}}\n')
    equal(lines, ['{"id":1,"unsupported":"unknown operation \\"make-coffee\\""}'])


def ids_come_back_as_they_went(command, source):
    ids = ['7', '-1', '18446744073709551615', '1.50', '"a b"', '"\\u0041"']
    data = "".join(f'{{"op":"clean-path","id":{i},"params":{{"path":"C:/a"}}}}\n' for i in ids)
    lines, _ = ask(command, data.encode())
    equal(lines, [f'{{"id":{i},"ok":{{"path":"C:\\\\a"}}}}' for i in ids])


def bad_frames_with_an_id_are_answered(command, source):
    frames = [b'{"id":1,"op":', b'{"id":2}', b'{"id":"x","op":5}', b' { "id" : 4 , nonsense', b'{"id":5,"op":""}']
    lines, errors = ask(command, b"\n".join(frames) + b'\n{"id":6,"op":"clean-path","params":{"path":"a"}}\n')
    equal(errors, b"")
    answers = [json.loads(line) for line in lines]
    equal([answer["id"] for answer in answers], [1, 2, "x", 4, 5, 6])
    equal([answer["error"]["code"] for answer in answers[:5]], ["bad-frame"] * 5)
    equal(answers[5]["ok"], {"path": "a"})


def an_id_that_is_no_text_still_gives_one(command, source):
    lines, errors = ask(command, b'{"id":"a\xffb","op":"is-named-pipe","params":{"path":"x"}}\n')
    equal(lines, ['{"id":"a\ufffdb","ok":{"is_pipe":false}}'])
    lines, _ = ask(command, '{"id":"\u00e9<","op":"is-named-pipe","params":{"path":"x"}}\n'.encode())
    equal(json.loads(lines[0])["id"], "\u00e9<")
    lines, errors = ask(command, b'{"id":007,"op":""}\n{"id":"\xff",\n')
    equal(lines, [])
    equal(errors.decode().count("\n"), 2)


def bad_frames_without_an_id_are_reported(command, source):
    frames = [b"nonsense", b"[]", b'{"op":"clean-path"}', b'{"id":{},"op":"clean-path"}', b'{"id":12', b'\xff\xfe', b"7"]
    lines, errors = ask(command, b"\n".join(frames) + b'\n\n{"id":6,"op":"clean-path","params":{"path":"a"}}')
    equal(lines, ['{"id":6,"ok":{"path":"a"}}'])
    equal(errors.decode().count("\n"), len(frames), errors)


def long_frames_are_refused(command, source):
    long = b'{"id":3,"op":"clean-path","params":{"path":"' + b"a" * 200000 + b'"}}\n'
    short = b'{"id":4,"op":"clean-path","params":{"path":"a"}}\n'
    nameless = b'{"op":"clean-path","id":5,"params":{"path":"' + b"a" * 200000 + b'"}}\n'
    lines, errors = ask(command, long + short + nameless + short, "--max-frame", "1k")
    answers = [json.loads(line) for line in lines]
    equal([answer["id"] for answer in answers], [3, 4, 4])
    equal(answers[0]["error"], {"code": "frame-too-large", "message": "the frame is longer than 1024 bytes (--max-frame)"})
    one_line(errors, "[frame-too-large]")
    lines, _ = ask(command, long, "--max-frame", "1M")
    equal(len(json.loads(lines[0])["ok"]["path"]), 200000)


def the_limit_is_exact(command, source):
    text = b'{"id":1,"op":"clean-path","params":{"path":"%s"}}'
    exact = text % (b"a" * (1024 - len(text) + 2))
    equal(len(exact), 1024)
    equal(json.loads(ask(command, exact + b"\n", "--max-frame", 1024)[0][0])["ok"]["path"][:2], "aa")
    equal(json.loads(ask(command, exact + b" \n", "--max-frame", 1024)[0][0])["error"]["code"], "frame-too-large")
    equal(json.loads(ask(command, exact, "--max-frame", 1024)[0][0])["ok"]["path"][:2], "aa")
    equal(json.loads(ask(command, exact + b" ", "--max-frame", 1024)[0][0])["error"]["code"], "frame-too-large")


def errors_point_into_the_params(command, source):
    cases = [
        ("clean-path", '{"path":5}', "json-type", "/path"),
        ("oci-to-hcs", '{"spec":{"windows":{"layerFolders":[1]}}}', "json-type", "/spec/windows/layerFolders/0"),
        ("oci-to-hcs", '{"spec":{},"options":{"schema":"v3"}}', "bad-params", "/options/schema"),
        ("cpu-limits", '{"spec":null,"max_cpu_count":1}', "spec-missing", None),
    ]
    data = "".join(f'{{"id":1,"op":"{op}","params":{params}}}\n' for op, params, _, _ in cases)
    lines, _ = ask(command, data.encode())
    for (op, params, code, where), line in zip(cases, lines):
        error = json.loads(line)["error"]
        equal((error["code"], error.get("where")), (code, where), op + params)


def a_spec_may_come_in_base64(command, source):
    spec = base64.b64encode(b'{"Mounts":[{"source":"a","destination":"b"}]}').decode()
    lines, _ = ask(command, f'{{"id":1,"op":"check-mounts","params":{{"spec_base64":"{spec}"}}}}\n'.encode())
    equal(json.loads(lines[0])["ok"], {"ok": True})


def null_is_no_spec(command, source):
    for name, spec in (("spec", None), ("spec_base64", "bnVsbA=="), ("spec_base64", "IG51bGwK")):
        case = {"op": "oci-to-hcs", "params": {name: spec, "options": {"id": "c", "owner": "o"}}}
        lines, _ = ask(command, frame(1, case))
        equal(json.loads(lines[0])["error"]["message"],
              "cannot create HCS container document - OCI spec is missing")


def each_release_answers_in_its_own_way(command, source):
    case = {"op": "map-named-pipe", "params": {"source": "\\\\.\\pipe\\a", "destination": "C:\\d", "hosting_system": None}}
    for release, ok in (("0.12.9", {"container_pipe": "C:\\d", "host_path": "\\\\.\\pipe\\a"}),
                        ("0.13.0", {"is_pipe": False})):
        hello = HELLO.replace(b"baseline", b"hcsshim-" + release.encode())
        equal(json.loads(ask(command, hello + frame(1, case))[0][1])["ok"], ok)
    for release, supported in (("0.12.9", False), ("0.13.0", True)):
        hello = HELLO.replace(b"baseline", b"hcsshim-" + release.encode())
        case = {"op": "parse-layers", "params": {"layer_folders": ["a", "b"]}}
        answer = json.loads(ask(command, hello + frame(1, case))[0][1])
        equal("ok" in answer, supported, answer)
        equal("unsupported" in answer, not supported, answer)


def the_spec_can_be_asked_for(command, source):
    case = next(c for c in recorded_cases(source, "oci-to-hcs.jsonl") if "ok" in c["expect"])
    case["params"]["options"]["want_spec"] = True
    lines, _ = ask(command, frame(1, case))
    ok = json.loads(lines[0])["ok"]
    equal(list(ok), ["v1", "v2", "spec"])
    equal(ok["spec"]["windows"]["layerFolders"], case["params"]["spec"]["windows"]["layerFolders"])


def an_answer_comes_before_the_next_question(command, source):
    process = subprocess.Popen([command, "serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        for i in range(3):
            process.stdin.write(b'{"id":%d,"op":"clean-path","params":{"path":"a"}}\n' % i)
            process.stdin.flush()
            equal(process.stdout.readline(), b'{"id":%d,"ok":{"path":"a"}}\n' % i)
        process.stdin.close()
        equal(process.wait(timeout=PATIENCE), 0)
    finally:
        process.kill()


def many_questions_at_once_do_not_block(command, source):
    count = 50000
    process = subprocess.Popen([command, "serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def write():
        for i in range(count):
            process.stdin.write(b'{"id":%d,"op":"clean-path","params":{"path":"C:/a/../%d"}}\n' % (i, i))
        process.stdin.close()

    writer = threading.Thread(target=write)
    writer.start()
    for i in range(count):
        equal(process.stdout.readline(), b'{"id":%d,"ok":{"path":"C:\\\\%d"}}\n' % (i, i))
    writer.join()
    equal(process.wait(timeout=PATIENCE), 0)


def a_full_disk_ends_it(command, source):
    if not os.path.exists("/dev/full"):
        return
    with open("/dev/full", "wb") as full:
        done = subprocess.run([command, "serve"], stdout=full, stderr=subprocess.PIPE, timeout=PATIENCE, check=False,
                              input=b'{"id":1,"op":"clean-path","params":{"path":"a"}}\n')
    equal(done.returncode, 4)
    one_line(done.stderr, "standard output", "[write-failed]")


def one_shot_answers_once(command, source):
    done = run(command, "serve", "--one-shot", "clean-path", stdin=b'{"path":"C:/a/../b"}')
    equal((done.returncode, done.stdout, done.stderr), (0, b'{"path":"C:\\\\b"}\n', b""))
    done = run(command, "serve", "--one-shot", "dump-type",
               stdin=b'{"annotations":{"io.microsoft.wcow.processdumptype":"x"}}')
    equal((done.returncode, done.stdout), (1, b""))
    equal(json.loads(done.stderr)["code"], "dump-type")
    done = run(command, "serve", "--one-shot", "clean-paht")
    equal((done.returncode, done.stdout), (2, b""))
    one_line(done.stderr, "did you mean 'clean-path'?")
    done = run(command, "serve", "--one-shot", "clean-path", "--max-frame", "1k", stdin=b" " * 2000)
    equal((done.returncode, done.stdout), (4, b""))
    one_line(done.stderr, "[too-large]")


# Errors that are about no one place of the params: nothing is there, or the host or a VM is the cause.
NO_PLACE = {"spec-missing", "process-missing", "uvm-processor-count", "pod-build", "update-refused", "vm-copy", "vm-folder",
            "vm-grant", "vm-processors", "vm-scratch"}
NUMA = "/annotations/io.microsoft.virtualmachine.computetopology.numa."
PLACES = {
    "vm-numa": {NUMA + "mapped-physical-nodes", NUMA + "count-of-processors", NUMA + "count-of-memory-blocks"},
    "vm-options": {"/windows/layerFolders", "/annotations/io.microsoft.virtualmachine.resource-partition-id",
                   "/annotations/io.microsoft.virtualmachine.computetopology.memory.enabledeferredcommit"},
    "vm-cpu-group": {"/annotations/io.microsoft.virtualmachine.cpugroup.id"},
    "vm-dump-directory": {"/annotations/io.microsoft.virtualmachine.dump-directory-path"},
}


def refused_cases(source):
    """By the newest release that answers so; but for those that set options which no spec can."""
    cases = {}
    for case in [*(case for _, case in curated_cases(source)), *recorded_cases(source, "**/*.jsonl")]:
        if "error" in case["expect"] and "overrides" not in case["params"].get("options", {}):
            cases.setdefault(case.get("recorded", ["baseline"])[-1], []).append(case)
    return cases


def each_error_names_its_place(command, source):
    seen = {}
    for profile, cases in refused_cases(source).items():
        hello = json.dumps({"hello": {"protocol": 1, "kit": "test", "profile": profile}}).encode() + b"\n"
        lines, _ = ask(command, hello + b"".join(frame(i, case) for i, case in enumerate(cases)))
        for line in lines[1:]:
            answer = json.loads(line)
            if "error" in answer and answer["error"]["code"] not in NO_PLACE:
                error = answer["error"]
                equal(bool(error.get("where")), True, (cases[answer["id"]]["op"], error))
                seen.setdefault(error["code"], set()).add(error["where"])
    for code, places in PLACES.items():
        equal(seen[code], places, code)


main([every_recorded_case, hello_lists_every_operation, the_hello_chooses_the_profile,
      what_the_profile_lacks_is_unsupported, an_unknown_profile_is_refused,
      the_profile_may_be_an_option, another_protocol_is_refused, unknown_operations_are_unsupported,
      ids_come_back_as_they_went, bad_frames_with_an_id_are_answered,
      an_id_that_is_no_text_still_gives_one, bad_frames_without_an_id_are_reported,
      long_frames_are_refused, the_limit_is_exact, errors_point_into_the_params, a_spec_may_come_in_base64,
      null_is_no_spec, each_release_answers_in_its_own_way, the_spec_can_be_asked_for, an_answer_comes_before_the_next_question, many_questions_at_once_do_not_block,
      each_error_names_its_place, a_full_disk_ends_it, one_shot_answers_once])

/* SPDX-License-Identifier: Apache-2.0 */
/* Releases and their differences. The first line is two letters, each a profile of the list; the second an operation;
 * the rest its params. Answers differ only by what the table of changes says: profiles of which it says the same for
 * the program that performs the operation answer the same, also when one of them was made from another by turning round
 * every change between the two; and where two answer differently, "hcsproof changes" names a change of that program. */
#include "support.h"

#include "cli/change.h"
#include "golden/golden.h"
#include "run/cases/case.h"

/* Several have a program in the same release, built with the same Go, beside different others. */
static const char *const names[] = {
    "baseline",
    "containerd-1.5.18+go-1.19.8",
    "containerd-1.6.0",
    "containerd-1.6.9+go-1.19.8",
    "containerd-1.6.20",
    "containerd-1.6.34",
    "containerd-1.7.13",
    "containerd-1.7.34+hcsshim-0.13.0+go-1.22.12",
    "containerd-2.0.11+hcsshim-0.13.0+go-1.22.12",
    "containerd-2.1.9",
    "containerd-2.2.7",
    "containerd-2.3.4",
    "containerd-2.3.4+hcsshim-0.13.0+go-1.22.12+moby-28.5.2",
    "containerd-main",
    "hcsshim-0.9.6",
    "hcsshim-0.9.12+go-1.19.8",
    "hcsshim-0.10.0",
    "hcsshim-0.11.7+go-1.19.8",
    "hcsshim-0.12.0-rc.1",
    "hcsshim-0.12.9+go-1.22.12",
    "hcsshim-0.13.0-rc.1",
    "hcsshim-0.13.0+go-1.22.12",
    "hcsshim-0.14.1",
    "hcsshim-0.15.0-rc.1",
    "hcsshim-main",
    "moby-20.10.27",
    "moby-23.0.15",
    "moby-25.0.5",
    "moby-28.5.2+go-1.22.12",
    "moby-main",
    "go-1.19.8",
    "go-1.22.12",
};

/* A question to two profiles. */
typedef struct question {
  const hcsref_profile *from, *to;
  hcsref_str op, params;
} question;

static const hcsref_profile *find(char letter) {
  return fuzz_profile(names[(unsigned char)letter % (sizeof names / sizeof *names)]);
}

/* The version of the runtime spec is written into specs, change or not: the answer with none. */
static hcsref_str without_version(hcsref_arena *arena, hcsref_str answer) {
  const hcsref_str member = HCSREF_LIT("\"ociVersion\":\"");
  hcsref_buf out = {.arena = arena};
  while (answer.len > 0) {
    size_t taken = 1;
    if (hcsref_str_has_prefix(answer, member)) {
      taken = member.len;
      while (taken < answer.len && answer.data[taken] != '"')
        taken++;
    } else {
      hcsref_buf_append_char(&out, answer.data[0]);
    }
    answer = hcsref_str_skip(answer, taken);
  }
  REQUIRE(!out.failed, "memory");
  return hcsref_buf_str(&out);
}

static hcsref_str ask(hcsref_arena *arena, const question *q, const hcsref_profile *profile) {
  hcsref_error err = {0};
  hcsref_str answer;
  return golden_expectation(arena, profile, q->op, q->params, true, &answer, &err) ? without_version(arena, answer)
                                                                                   : hcsref_cstr(err.code);
}

/* Is a change between the two, for a program of both? */
static bool lies_between(const question *q, int program, size_t i) {
  return hcsref_rules_have(hcsref_profile_rules(q->from, (hcsref_program)program), i) !=
         hcsref_rules_have(hcsref_profile_rules(q->to, (hcsref_program)program), i);
}

static void check(hcsref_arena *arena, const question *q, int program) {
  const hcsref_profile *turned = q->from;
  const hcsref_str before = ask(arena, q, q->from), after = ask(arena, q, q->to);
  size_t between = 0;
  for (size_t i = 0; i < hcsref_change_count(); i++) {
    if (!lies_between(q, program, i))
      continue;
    between++;
    REQUIRE(cli_changed_program(q->from, q->to, i) != HCSREF_PROGRAM_COUNT, "changes names %s",
            hcsref_change_at(i).slug);
    turned = hcsref_profile_turn(arena, turned, i, NULL);
    REQUIRE(turned != NULL, "there is memory for a profile");
  }
  REQUIRE(between > 0 || hcsref_str_equal(before, after), "the same to the table, and yet %v is not %v", before, after);
  REQUIRE_SAME(ask(arena, q, turned), after, "only changes of the table make a difference");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str text = fuzz_text(data, size), lines[2];
  hcsref_arena *arena = fuzz_arena(FUZZ_USUAL);
  question q;
  int program;
  if (fuzz_lines(text, lines, 2) < 2 || lines[0].len != 2)
    return 0;
  q.op = lines[1];
  q.params = hcsref_str_skip(text, lines[0].len + lines[1].len + 2);
  q.from = find(lines[0].data[0]);
  q.to = find(lines[0].data[1]);
  program = kit_performer_of(q.op, q.from);
  if (program != HCSREF_PROGRAM_COUNT && program == kit_performer_of(q.op, q.to))
    check(arena, &q, program);
  return 0;
}

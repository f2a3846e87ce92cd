/* SPDX-License-Identifier: Apache-2.0 */
#include "run/testee/greet.h"

#include "platform/platform.h"
#include "run/testee/talk.h"

#include <string.h>

/* Longest hello that is read: far more than one with every operation. */
#define MOST_HELLO ((size_t)1 << 20)

/* False: out of memory. `*heard`: there is a hello. */
static bool hear(hcsref_arena *arena, kit_talk *talk, const kit_start *start, hcsref_str greeting, kit_hello *out,
                 bool *heard) {
  hcsref_error err = {"out-of-memory", HCSREF_LIT(""), HCSREF_LIT("")};
  hcsref_str line, copy;
  if (kit_talk_ask(talk, greeting, start->timeout, MOST_HELLO, &line) != NULL)
    return !talk->out_of_memory;
  *heard = hcsref_str_copy(arena, line, &copy) && kit_hello_read(arena, copy, out, &err);
  if (*heard)
    kit_talk_end(talk);
  return *heard || strcmp(err.code, "out-of-memory") != 0;
}

static bool greet(hcsref_arena *arena, const hcsref_profile *named, const kit_start *start, kit_hello *out, bool *heard,
                  hcsref_error *err) {
  hcsref_buf greeting = {.arena = arena};
  kit_command command;
  kit_talk talk;
  char message[512];
  bool ok = true;
  kit_hello_append(&greeting, named, named != NULL);
  if (greeting.failed)
    return hcsref_fail_memory(err);
  if (!kit_command_split(arena, hcsref_cstr(start->command), &command, err))
    return false;
  kit_catch_interrupts();
  if (kit_talk_start(&talk, &command, start->memory_limit, message, sizeof(message)))
    ok = hear(arena, &talk, start, hcsref_buf_str(&greeting), out, heard);
  kit_talk_free(&talk);
  kit_process_end_strays();
  if (kit_interrupted() != 0)
    platform_end_by_signal(kit_interrupted());
  return ok || hcsref_fail_memory(err);
}

bool kit_choose_for(hcsref_arena *arena, const char *named, const kit_start *start, kit_choice *out,
                    hcsref_error *err) {
  kit_hello hello = {0};
  bool heard = false;
  if (!kit_choose_profile(arena, named, NULL, out, err))
    return false;
  if (start->command == NULL)
    return true;
  if (!greet(arena, named == NULL ? NULL : out->profile, start, &hello, &heard, err))
    return false;
  if (heard)
    return kit_choose_profile(arena, named, &hello, out, err);
  if (named == NULL)
    out->why = HCSREF_LIT(KIT_NO_RELEASE_SAID);
  return true;
}

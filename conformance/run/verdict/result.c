/* SPDX-License-Identifier: Apache-2.0 */
#include "run/verdict/result.h"

#include "io/utf8.h"

static const char *const failure_names[KIT_FAILURES] = {
    "none",        "difference",  "no-error", "error", "code",     "message",   "host-calls",
    "unsupported", "no-document", "timeout",  "died",  "protocol", "too-large", "not-utf8",
};

/* A text that is not there stays so. */
static bool copy_text(hcsref_arena *arena, hcsref_str *text) {
  return text->data == NULL || hcsref_str_copy(arena, *text, text);
}

static bool copy_beginning(hcsref_arena *arena, hcsref_str *text, size_t most) {
  return text->len <= most ? copy_text(arena, text)
                           : hcsref_format(arena, text, "%v... (%u more bytes)", utf8_first(*text, most),
                                           (uint64_t)(text->len - most));
}

static bool copy_differences(hcsref_arena *arena, kit_differences *differences) {
  const kit_difference *from = differences->first;
  differences->first = differences->last = NULL;
  for (; from != NULL; from = from->next) {
    kit_difference *d = hcsref_arena_alloc(arena, sizeof(*d));
    if (d == NULL)
      return false;
    *d = *from;
    d->next = NULL;
    if (!copy_text(arena, &d->pointer) || !copy_beginning(arena, &d->expected, KIT_VALUE_KEPT) ||
        !copy_beginning(arena, &d->actual, KIT_VALUE_KEPT))
      return false;
    if (differences->last == NULL)
      differences->first = d;
    else
      differences->last->next = d;
    differences->last = d;
  }
  return true;
}

bool kit_result_copy(hcsref_arena *arena, const kit_result *result, kit_result *out) {
  kit_result copy = *result;
  if (!copy_beginning(arena, &copy.reason, KIT_VALUE_KEPT) || !copy_differences(arena, &copy.differences) ||
      !copy_beginning(arena, &copy.answer, KIT_ANSWER_KEPT) || !copy_text(arena, &copy.stderr_text) ||
      !copy_text(arena, &copy.known_reason))
    return false;
  *out = copy;
  return true;
}

const char *kit_verdict_name(kit_verdict verdict) {
  static const char *const names[] = {"pass", "fail", "skip", "broken"};
  return names[verdict];
}

const char *kit_failure_name(kit_failure failure) {
  return failure_names[failure];
}

bool kit_failure_from_name(hcsref_str name, kit_failure *out) {
  size_t i;
  for (i = 1; i < KIT_FAILURES; i++) {
    if (hcsref_str_equal(name, hcsref_cstr(failure_names[i]))) {
      *out = (kit_failure)i;
      return true;
    }
  }
  return false;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "explain/events.h"

#include "cli/options.h"

#include <string.h>

#define EVENT(id, result, what) {id, result, what},
static const explain_event events[] = {
#include "explain/events.def"
};

#define PROVIDER(guid, name) {guid, name, NULL, EXPLAIN_ANY},
static const explain_mention providers[] = {
#include "explain/events.def"
};

#define STEP(name, what) {name, what, NULL, EXPLAIN_ANY},
static const explain_mention steps[] = {
#include "explain/events.def"
};

#define CALL(words, activity, what) {words, what, NULL, EXPLAIN_##activity},
static const explain_mention calls[] = {
#include "explain/events.def"
};

#define PHRASE(words, code) {words, code, NULL, EXPLAIN_ANY},
static const explain_mention phrases[] = {
#include "explain/events.def"
};

#define SAYING(words, what, look) {words, what, look, EXPLAIN_ANY},
static const explain_mention sayings[] = {
#include "explain/events.def"
};

#define ENDING(words, what, look) {words, what, look, EXPLAIN_ANY},
static const explain_mention endings[] = {
#include "explain/events.def"
};

const explain_event *explain_event_find(uint64_t id) {
  for (size_t i = 0; i < CLI_COUNT(events); i++)
    if (events[i].id == id)
      return &events[i];
  return NULL;
}

static const char *look_up(const explain_mention *table, size_t count, hcsref_str words) {
  for (size_t i = 0; i < count; i++)
    if (hcsref_str_equal_ascii_fold(words, hcsref_cstr(table[i].words)))
      return table[i].what;
  return NULL;
}

const char *explain_provider(hcsref_str guid) {
  return look_up(providers, CLI_COUNT(providers), guid);
}

const char *explain_step(hcsref_str name) {
  return look_up(steps, CLI_COUNT(steps), name);
}

static const char *next_of(const char *from, const char *end, char wanted) {
  const char *found = from < end ? memchr(from, wanted, (size_t)(end - from)) : NULL;
  return found == NULL ? end : found;
}

/* Hundreds of words are looked for in each text: only places with the first letter, small or large, are looked at. */
bool explain_holds(hcsref_str text, hcsref_str words) {
  const char small = words.data[0] >= 'A' && words.data[0] <= 'Z' ? (char)(words.data[0] | 0x20) : words.data[0];
  const char large = small >= 'a' && small <= 'z' ? (char)(small & ~0x20) : small;
  const char *end, *next_small, *next_large;
  if (text.len < words.len)
    return false;
  end = text.data + (text.len - words.len) + 1;
  next_small = next_of(text.data, end, small);
  next_large = large == small ? end : next_of(text.data, end, large);
  while (next_small < end || next_large < end) {
    const bool is_small = next_small < next_large;
    const char *at = is_small ? next_small : next_large;
    if (hcsref_str_equal_ascii_fold(hcsref_str_from(at, words.len), words))
      return true;
    if (is_small)
      next_small = next_of(at + 1, end, small);
    else
      next_large = next_of(at + 1, end, large);
  }
  return false;
}

static const explain_mention *find_in(const explain_mention *table, size_t count, hcsref_str text, size_t index) {
  for (size_t i = 0; i < count; i++)
    if (explain_holds(text, hcsref_cstr(table[i].words)) && index-- == 0)
      return &table[i];
  return NULL;
}

const explain_mention *explain_call_in(hcsref_str text, size_t index) {
  return find_in(calls, CLI_COUNT(calls), text, index);
}

const explain_mention *explain_phrase_in(hcsref_str text, size_t index) {
  return find_in(phrases, CLI_COUNT(phrases), text, index);
}

const explain_mention *explain_saying_in(hcsref_str text, size_t index) {
  return find_in(sayings, CLI_COUNT(sayings), text, index);
}

const explain_mention *explain_ending_in(hcsref_str text) {
  return find_in(endings, CLI_COUNT(endings), text, 0);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Planned faults. A line of the file: CALL NTH ACTION [VALUE], where CALL is an export's name or *, NTH a number from 1
 * or * for every time, and ACTION one of
 *   fail CODE     the function returns CODE (0x8007000e)
 *   later CODE    the function starts; its operation ends with CODE
 *   deny          fail 0x80070005
 *   hang          never ends
 *   late MS       takes MS milliseconds longer: with several, operations end out of order
 *   disconnect    the service goes away
 *   kill          this process ends at once
 * '#' begins a comment. A line that is none of these, or that names a call which the simulator does not have, is an
 * error: a fault that never comes is worse than none. */
#include "engine/state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_SHOWN 60 /* characters of a word in a complaint */

typedef struct action_name {
  const char *name;
  sim_fault_kind kind;
  uint32_t code; /* unless the line has one */
} action_name;

static const action_name actions[] = {
    {"fail", SIM_FAULT_FAIL, HCSREF_ERROR_OUT_OF_MEMORY},
    {"later", SIM_FAULT_FAIL_LATER, HCSREF_ERROR_OUT_OF_MEMORY},
    {"deny", SIM_FAULT_FAIL, HCSREF_ERROR_ACCESS_DENIED},
    {"hang", SIM_FAULT_HANG, 0},
    {"late", SIM_FAULT_LATE, 0},
    {"disconnect", SIM_FAULT_DISCONNECT, HCSREF_HCS_SERVICE_DISCONNECT},
    {"kill", SIM_FAULT_KILL, 0},
};

/* Cuts the next word off `*line`; empty at the end. */
static hcsref_str next_word(hcsref_str *line) {
  size_t start = 0, end;
  while (start < line->len && (line->data[start] == ' ' || line->data[start] == '\t' || line->data[start] == '\r'))
    start++;
  for (end = start; end < line->len && line->data[end] != ' ' && line->data[end] != '\t' && line->data[end] != '\r';)
    end++;
  *line = hcsref_str_skip(*line, start);
  {
    hcsref_str word = hcsref_str_first(*line, end - start);
    *line = hcsref_str_skip(*line, end - start);
    return word;
  }
}

static bool read_number(hcsref_str word, uint64_t *out) {
  char text[24], *end;
  if (word.len == 0 || word.len >= sizeof(text) || word.data[0] < '0' || word.data[0] > '9')
    return false; /* nor a sign or a blank, which strtoull would take */
  memcpy(text, word.data, word.len);
  text[word.len] = '\0';
  *out = strtoull(text, &end, 0);
  return end == text + word.len;
}

static bool complain(char *complaint, const char *why) {
  snprintf(complaint, SIM_MAX_COMPLAINT, "%s", why);
  return false;
}

/* "WHY 'WORD'", with what a terminal might obey shown as '?'. Always false. */
static bool complain_of(char *complaint, const char *why, hcsref_str word) {
  char shown[MOST_SHOWN + 1];
  size_t length = 0;
  while (length < word.len && length < MOST_SHOWN) {
    char c = word.data[length];
    shown[length++] = c > ' ' && c <= '~' ? c : '?';
  }
  shown[length] = '\0';
  snprintf(complaint, SIM_MAX_COMPLAINT, "%s '%s'", why, shown);
  return false;
}

/* A fault of a call that never comes would never be: a test that plans it would test nothing. */
static bool has_call(const char *const *calls, hcsref_str name) {
  if (calls == NULL || hcsref_str_equal(name, HCSREF_LIT("*")))
    return true;
  for (; *calls != NULL; calls++)
    if (hcsref_str_equal(name, hcsref_cstr(*calls)))
      return true;
  return false;
}

static const action_name *find_action(hcsref_str name) {
  for (size_t i = 0; i < sizeof(actions) / sizeof(actions[0]); i++)
    if (hcsref_str_equal(name, hcsref_cstr(actions[i].name)))
      return &actions[i];
  return NULL;
}

static bool read_fault(hcsref_str line, const char *const *calls, sim_planned_fault *out, char *complaint) {
  hcsref_str name = next_word(&line), nth = next_word(&line), word = next_word(&line), value = next_word(&line);
  const action_name *action = find_action(word);
  uint64_t number = 0;
  memset(out, 0, sizeof(*out));
  if (word.len == 0)
    return complain(complaint, "a line is CALL NTH ACTION [VALUE]");
  if (!has_call(calls, name))
    return complain_of(complaint, "the simulator has no call", name);
  if (!hcsref_str_equal(nth, HCSREF_LIT("*")) && (!read_number(nth, &out->nth) || out->nth == 0))
    return complain_of(complaint, "NTH is * or a number from 1, not", nth);
  if (action == NULL)
    return complain_of(complaint, "ACTION is fail, later, deny, hang, late, disconnect or kill, not", word);
  if (value.len > 0 && (!read_number(value, &number) || number > UINT32_MAX))
    return complain_of(complaint, "VALUE is a number below 2^32, not", value);
  line = next_word(&line);
  if (line.len > 0)
    return complain_of(complaint, "nothing may follow VALUE:", line);
  out->fault.kind = action->kind;
  out->fault.code = value.len > 0 ? (uint32_t)number : action->code;
  out->fault.ms = (uint32_t)number;
  out->call = sim_text_copy(name);
  return out->call != NULL || complain(complaint, "out of memory");
}

static hcsref_str cut_line(hcsref_str *rest) {
  const char *newline = memchr(rest->data, '\n', rest->len);
  hcsref_str line = hcsref_str_first(*rest, newline == NULL ? rest->len : (size_t)(newline - rest->data));
  const char *comment = line.len == 0 ? NULL : memchr(line.data, '#', line.len);
  *rest = hcsref_str_skip(*rest, line.len + 1);
  return comment == NULL ? line : hcsref_str_first(line, (size_t)(comment - line.data));
}

static bool read_faults(sim *s, hcsref_str text, const char *const *calls, char *complaint) {
  unsigned number = 0;
  while (text.len > 0) {
    hcsref_str line = cut_line(&text), words = line;
    char why[SIM_MAX_COMPLAINT];
    number++;
    if (next_word(&words).len == 0)
      continue;
    if (s->fault_count == SIM_MAX_FAULTS)
      complain(why, "there are too many faults");
    else if (read_fault(line, calls, &s->faults[s->fault_count], why)) {
      s->fault_count++;
      continue;
    }
    snprintf(complaint, SIM_MAX_COMPLAINT, "line %u: %.*s", number, SIM_MAX_COMPLAINT - 32, why);
    return false;
  }
  return true;
}

bool sim_faults_load(sim *s, const sim_settings *settings) {
  char unheard[SIM_MAX_COMPLAINT], *complaint = settings->complaint != NULL ? settings->complaint : unheard;
  size_t size = 0;
  char *text = os_file_read(settings->faults, SIM_MAX_DOCUMENT, &size);
  bool ok;
  s->faults = calloc(SIM_MAX_FAULTS, sizeof(*s->faults));
  if (text == NULL)
    ok = complain(complaint, "it cannot be read");
  else if (s->faults == NULL)
    ok = complain(complaint, "out of memory");
  else
    ok = read_faults(s, hcsref_str_from(text, size), settings->calls, complaint);
  free(text);
  return ok;
}

sim_fault sim_fault_for(sim *s, const char *call) {
  sim_fault none = {SIM_FAULT_NONE, 0, 0};
  const sim_planned_fault *chosen = NULL;
  for (size_t i = 0; i < s->fault_count; i++) {
    sim_planned_fault *planned = &s->faults[i];
    if (strcmp(planned->call, "*") != 0 && strcmp(planned->call, call) != 0)
      continue;
    planned->seen++;
    if (chosen == NULL && (planned->nth == 0 || planned->nth == planned->seen))
      chosen = planned;
  }
  return chosen == NULL ? none : chosen->fault;
}

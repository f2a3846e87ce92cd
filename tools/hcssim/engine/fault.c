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
 * '#' begins a comment. */
#include "engine/state.h"

#include <stdlib.h>
#include <string.h>

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

static bool read_fault(hcsref_str line, sim_planned_fault *out) {
  hcsref_str name = next_word(&line), nth = next_word(&line), action = next_word(&line), value = next_word(&line);
  uint64_t number = 0;
  memset(out, 0, sizeof(*out));
  if (!hcsref_str_equal(nth, HCSREF_LIT("*")) && (!read_number(nth, &out->nth) || out->nth == 0))
    return false;
  if (value.len > 0 && (!read_number(value, &number) || number > UINT32_MAX))
    return false;
  for (size_t i = 0; i < sizeof(actions) / sizeof(actions[0]); i++) {
    if (hcsref_str_equal(action, hcsref_cstr(actions[i].name))) {
      out->fault.kind = actions[i].kind;
      out->fault.code = value.len > 0 ? (uint32_t)number : actions[i].code;
      out->fault.ms = (uint32_t)number;
      out->call = sim_text_copy(name);
      return out->call != NULL;
    }
  }
  return false;
}

bool sim_faults_load(sim *s, const char *path) {
  size_t size = 0;
  char *text = os_file_read(path, SIM_MAX_DOCUMENT, &size);
  hcsref_str rest = hcsref_str_from(text, size);
  bool ok = text != NULL;
  s->faults = calloc(SIM_MAX_FAULTS, sizeof(*s->faults));
  while (ok && s->faults != NULL && rest.len > 0) {
    const char *newline = memchr(rest.data, '\n', rest.len);
    hcsref_str line = hcsref_str_first(rest, newline == NULL ? rest.len : (size_t)(newline - rest.data));
    hcsref_str words = line;
    const char *comment = line.len == 0 ? NULL : memchr(line.data, '#', line.len);
    rest = hcsref_str_skip(rest, line.len + 1);
    if (comment != NULL)
      words = hcsref_str_first(line, (size_t)(comment - line.data));
    line = words;
    if (next_word(&words).len == 0)
      continue;
    ok = s->fault_count < SIM_MAX_FAULTS && read_fault(line, &s->faults[s->fault_count]);
    s->fault_count += ok;
  }
  free(text);
  return ok && s->faults != NULL;
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

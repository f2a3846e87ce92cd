/* SPDX-License-Identifier: Apache-2.0 */
/* How the real service answers where that is not published, as far as its clients report it (HCSSIM_RULES). A rule that
 * one or two clients report is off; one that more confirm is on. */
#include "engine/state.h"

#include <stdio.h>
#include <string.h>

#define MOST_SHOWN 60 /* characters of a word in a complaint */

static const struct {
  const char *name;
  bool on;
} rules[] = {
    [SIM_RULE_SHUTDOWN_OPTIONS] = {"shutdown-options", false}, /* vm-lord; hivemind passes none */
    [SIM_RULE_QUERY_TEXT] = {"query-text", false},             /* claude-code 31432, vm-lord */
    [SIM_RULE_OPEN_ACCESS] = {"open-access", false},           /* vm-lord */
    [SIM_RULE_NOT_JSON] = {"not-json-data", false},            /* Virtualization-Documentation 1702 */
    [SIM_RULE_DOCUMENT_FORM] = {"document-form", false},       /* appsandbox 151 */
    [SIM_RULE_NO_HYPERVISOR] = {"no-hypervisor-json", false},  /* one report */
    [SIM_RULE_EVENT_FLAGS] = {"event-flags", true},            /* several reports; the value is that of one */
};

#define COUNT (sizeof(rules) / sizeof(rules[0]))

static bool is_separator(char c) {
  return c == ',' || c == ' ' || c == '\t';
}

static size_t word_length(const char *text) {
  size_t length = 0;
  while (text[length] != '\0' && !is_separator(text[length]))
    length++;
  return length;
}

static bool complain(char *complaint, const char *word, size_t length) {
  char shown[MOST_SHOWN + 1];
  size_t used;
  if (complaint == NULL)
    return false;
  for (used = 0; used < length && used < MOST_SHOWN; used++)
    shown[used] = word[used] > ' ' && word[used] <= '~' ? word[used] : '?';
  shown[used] = '\0';
  used = (size_t)snprintf(complaint, SIM_MAX_COMPLAINT,
                          "HCSSIM_RULES: there is no rule '%s': NAME turns one on and -NAME off, of", shown);
  for (size_t i = 0; i < COUNT && used < SIM_MAX_COMPLAINT; i++)
    used += (size_t)snprintf(complaint + used, SIM_MAX_COMPLAINT - used, "%s %s", i == 0 ? "" : ",", rules[i].name);
  return false;
}

/* COUNT: there is none. */
static size_t find(const char *word, size_t length) {
  size_t i = 0;
  while (i < COUNT && (strlen(rules[i].name) != length || memcmp(rules[i].name, word, length) != 0))
    i++;
  return i;
}

bool sim_rules_load(sim *s, const char *text, char *complaint) {
  for (size_t i = 0; i < COUNT; i++)
    s->answers |= rules[i].on ? 1u << i : 0;
  while (text != NULL && *text != '\0') {
    const size_t length = word_length(text);
    const bool off = *text == '-';
    const size_t rule = length == 0 ? COUNT : find(text + off, length - off);
    if (length > 0 && rule == COUNT)
      return complain(complaint, text, length);
    if (length > 0)
      s->answers = off ? s->answers & ~(1u << rule) : s->answers | 1u << rule;
    text += length == 0 ? 1 : length;
  }
  return true;
}

bool sim_has_rule(const sim *s, sim_rule rule) {
  return (s->answers >> rule & 1u) != 0;
}

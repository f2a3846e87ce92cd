/* SPDX-License-Identifier: Apache-2.0 */
/* The simulated service's plan of faults, beside a second reading of it; and the same text as its list of rules,
 * likewise. */
#include "sim/world.h"

#include <string.h>

#define MOST_WORDS 5

static bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}

/* The words of a line before its comment; of more than are looked at the count is enough. */
static size_t split(hcsref_str line, hcsref_str words[MOST_WORDS]) {
  size_t count = 0, at = 0;
  while (at < line.len && line.data[at] != '#') {
    size_t start = at;
    while (at < line.len && line.data[at] != '#' && !is_blank(line.data[at]))
      at++;
    if (at > start && count < MOST_WORDS)
      words[count] = hcsref_str_from(line.data + start, at - start);
    count += at > start;
    at += at == start;
  }
  return count;
}

static bool is_action(hcsref_str word) {
  static const char *const actions[] = {"fail", "later", "deny", "hang", "late", "disconnect", "kill"};
  for (size_t i = 0; i < sizeof(actions) / sizeof(actions[0]); i++)
    if (hcsref_str_equal(word, hcsref_cstr(actions[i])))
      return true;
  return false;
}

static bool is_number(hcsref_str word) {
  return word.len > 0 && word.data[0] >= '0' && word.data[0] <= '9';
}

/* What a plan that was taken must be. */
static size_t check_plan(hcsref_str text, const sim *service) {
  size_t count = 0;
  while (text.len > 0) {
    hcsref_str words[MOST_WORDS];
    size_t length = split(fuzz_line(&text), words);
    if (length == 0)
      continue;
    REQUIRE(count < service->fault_count, "line %u is missing", (uint64_t)count);
    REQUIRE(length >= 3 && is_action(words[2]), "a line without its three words was taken");
    REQUIRE(length == 3 || is_number(words[3]), "%q is no number", words[3]);
    REQUIRE(hcsref_str_equal(words[1], HCSREF_LIT("*")) == (service->faults[count].nth == 0), "%q", words[1]);
    REQUIRE_SAME(hcsref_cstr(service->faults[count].call),
                 hcsref_str_first(words[0], strlen(service->faults[count].call)), "the call's name is kept");
    count++;
  }
  return count;
}

/* Every call that the plan names has a fault the first time, if it has one for that time. */
static void check_answers(sim *service) {
  for (size_t i = 0; i < service->fault_count; i++) {
    const sim_planned_fault *planned = &service->faults[i];
    if (strcmp(planned->call, "*") == 0 || planned->nth > 1)
      continue;
    REQUIRE(planned->seen > 0 || sim_fault_for(service, planned->call).kind != SIM_FAULT_NONE, "%s has no fault",
            planned->call);
  }
}

/* The first word of a list of rules, which is taken off it: none if it ends. */
static hcsref_str next_rule(hcsref_str *list) {
  static const char separators[] = ", \t";
  size_t end = 0;
  while (list->len > 0 && strchr(separators, list->data[0]) != NULL)
    *list = hcsref_str_from(list->data + 1, list->len - 1);
  while (end < list->len && strchr(separators, list->data[end]) == NULL)
    end++;
  hcsref_str word = hcsref_str_first(*list, end);
  *list = hcsref_str_from(list->data + end, list->len - end);
  return word;
}

/* A second reading of the list: what it leaves on, and whether it names rules alone. The last mention of a rule counts.
 */
static bool read_rules(hcsref_str list, unsigned *on) {
  static const char *const names[] = {
      [SIM_RULE_SHUTDOWN_OPTIONS] = "shutdown-options", [SIM_RULE_QUERY_TEXT] = "query-text",
      [SIM_RULE_OPEN_ACCESS] = "open-access",           [SIM_RULE_NOT_JSON] = "not-json-data",
      [SIM_RULE_DOCUMENT_FORM] = "document-form",       [SIM_RULE_NO_HYPERVISOR] = "no-hypervisor-json",
      [SIM_RULE_EVENT_FLAGS] = "event-flags",
  };
  const unsigned count = sizeof(names) / sizeof(names[0]);
  for (hcsref_str word = next_rule(&list); word.len > 0; word = next_rule(&list)) {
    const bool off = word.data[0] == '-';
    const hcsref_str name = hcsref_str_from(word.data + off, word.len - off);
    unsigned rule = 0;
    while (rule < count && !hcsref_str_equal(name, hcsref_cstr(names[rule])))
      rule++;
    if (rule == count)
      return false;
    *on = off ? *on & ~(1u << rule) : *on | 1u << rule;
  }
  return true;
}

/* What is refused is told; what is taken is what the second reading says. */
static void check_rules(hcsref_str text) {
  char complaint[SIM_MAX_COMPLAINT] = "", *list = sim_c_string(fuzz_arena(FUZZ_USUAL), text);
  unsigned on = 1u << SIM_RULE_EVENT_FLAGS;
  sim service = {0};
  if (list == NULL)
    return;
  const bool taken = sim_rules_load(&service, list, complaint);
  REQUIRE(taken == (complaint[0] == '\0'), "%s", complaint);
  REQUIRE(taken == read_rules(hcsref_cstr(list), &on), "%s", list);
  REQUIRE(!taken || service.answers == on, "%x are on, not %x", (uint64_t)service.answers, (uint64_t)on);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str text = fuzz_text(data, size);
  check_rules(text);
  sim *service = size == 0 ? NULL : world_open(text);
  if (service == NULL)
    return 0;
  REQUIRE(check_plan(text, service) == service->fault_count, "%u faults", (uint64_t)service->fault_count);
  check_answers(service);
  world_close(service, fuzz_arena(FUZZ_USUAL));
  return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "explain/entries.h"

#include "cli/options.h"
#include "explain/codes.h"
#include "lint/lint.h"

#include <string.h>

typedef struct entry {
  const char *name, *rule, *reason, *wrong, *right, *source;
} entry;

#define ERROR(code, rule, reason, wrong, right, source) {code, rule, reason, wrong, right, source},
static const entry errors[] = {
#include "explain/errors.def"
};
#undef ERROR

/* Their rule is what lint's own table says. */
#define RULE(id, reason, wrong, right, source) {id, NULL, reason, wrong, right, source},
static const entry rules[] = {
#include "explain/rules.def"
};
#undef RULE

static const entry *find(const entry *entries, size_t count, const char *name) {
  for (size_t i = 0; i < count; i++)
    if (strcmp(entries[i].name, name) == 0)
      return &entries[i];
  return NULL;
}

static const kit_rule *find_rule(const char *name) {
  for (const kit_rule *rule = kit_rules_table; rule->id != NULL; rule++)
    if (strcmp(rule->id, name) == 0)
      return rule;
  return NULL;
}

bool explain_has_entry(const char *name) {
  return find_rule(name) != NULL || find(errors, CLI_COUNT(errors), name) != NULL;
}

static void say_part(explain_page *page, const char *name, const char *heading, const char *text) {
  if (text[0] == '\0')
    return;
  explain_part_begin(page, name, heading);
  explain_say(page, "%s", text);
}

static void show_part(explain_page *page, const char *name, const char *heading, const char *text) {
  if (text[0] == '\0')
    return;
  explain_part_begin(page, name, heading);
  explain_show(page, hcsref_cstr(text));
}

static void tell(explain_page *page, const entry *e) {
  say_part(page, "reason", "Why, and what to do", e->reason);
  show_part(page, "wrong", "Wrong", e->wrong);
  show_part(page, "right", "Right", e->right);
  say_part(page, "source", "Source of the rule", e->source);
}

void explain_entry_page(explain_page *page, const char *name) {
  const kit_rule *rule = find_rule(name);
  const entry *of_rule = find(rules, CLI_COUNT(rules), name), *of_error = find(errors, CLI_COUNT(errors), name);
  explain_title(page, "rule", "%s: %s%s%s", name, rule == NULL ? "" : "a rule of lint",
                rule != NULL && of_error != NULL ? " and " : "", of_error == NULL ? "" : "an error code");
  if (rule != NULL) {
    explain_part_begin(page, "rule",
                       rule->severity == KIT_ERROR     ? "What lint requires (severity: error)"
                       : rule->severity == KIT_WARNING ? "What lint requires (severity: warning)"
                                                       : "What lint requires (severity: note)");
    explain_say(page, "%s", rule->text);
    if (of_rule != NULL)
      tell(page, of_rule);
  }
  if (of_error != NULL) {
    say_part(page, "demand", "What is required", of_error->rule);
    tell(page, of_error);
  }
}

void explain_entry_line(explain_page *page, const char *name) {
  const entry *e = find(errors, CLI_COUNT(errors), name);
  const kit_rule *rule = find_rule(name);
  if (e != NULL)
    explain_say(page, "%s %s", e->rule, e->reason);
  else if (rule != NULL)
    explain_say(page, "%s", rule->text);
}

/* ---- near names -------------------------------------------------------------------------------------------- */

#define MOST_NAMES 600

static void add_name(const char **names, size_t *count, const char *name) {
  if (*count < MOST_NAMES)
    names[(*count)++] = name;
}

const char *explain_entry_near(const char *word) {
  const char *names[MOST_NAMES + 1];
  size_t count = 0;
  for (const kit_rule *rule = kit_rules_table; rule->id != NULL; rule++)
    add_name(names, &count, rule->id);
  for (size_t i = 0; i < CLI_COUNT(errors); i++)
    add_name(names, &count, errors[i].name);
  for (size_t i = 0; explain_code_name(i) != NULL; i++)
    add_name(names, &count, explain_code_name(i));
  names[count] = NULL;
  return cli_nearest(word, names);
}

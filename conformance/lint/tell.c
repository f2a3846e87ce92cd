/* SPDX-License-Identifier: Apache-2.0 */
/* How the walk and the rules hand over what they find: the place, the rule, the message and the mend. */
#include "lint/checks.h"

#include "compare/text.h"

#include <stdarg.h>

static bool append_place(kit_linter *l, hcsref_buf *buf, const kit_place *at) {
  const kit_place **chain, *p;
  size_t depth = 0, i;
  for (p = at; p->up != NULL; p = p->up)
    depth++;
  chain = hcsref_arena_array(&l->scratch, depth, sizeof(const kit_place *));
  if (chain == NULL)
    return false;
  for (p = at, i = depth; p->up != NULL; p = p->up)
    chain[--i] = p;
  for (i = 0; i < depth; i++)
    kit_pointer_append_child(buf, chain[i]->key, chain[i]->index);
  return true;
}

/* A finding that is almost ready: what it says is made of a format. */
static void tell(kit_linter *l, const kit_place *at, const char *member, kit_finding *finding, const char *format,
                 va_list args) {
  hcsref_buf pointer = {&l->scratch, NULL, 0, 0, false};
  bool ok;
  if (l->told++ >= KIT_MOST_FINDINGS)
    return;
  hcsref_arena_reset(&l->scratch);
  ok = hcsref_format_args(&l->scratch, &finding->message, format, args) && append_place(l, &pointer, at);
  if (member != NULL)
    kit_pointer_append(&pointer, hcsref_cstr(member));
  if (!ok || pointer.failed) {
    l->out_of_memory = true;
    return;
  }
  finding->pointer = hcsref_buf_str(&pointer);
  l->found(l->context, finding);
}

void kit_lint_tell(kit_linter *l, const kit_place *at, const char *member, const char *rule, const char *format, ...) {
  kit_finding finding = {.rule = kit_rule_find(rule)};
  va_list args;
  va_start(args, format);
  tell(l, at, member, &finding, format, args);
  va_end(args);
}

/* The JSON text of a string. Null data: there is no string, or memory has run out. */
static hcsref_str json_of(kit_linter *l, hcsref_str text) {
  hcsref_buf buf = {.arena = l->arena};
  hcsref_str none = {NULL, 0};
  if (text.data == NULL)
    return none;
  hcsref_json_append_string(&buf, text);
  l->out_of_memory = l->out_of_memory || buf.failed;
  return buf.failed ? none : hcsref_buf_str(&buf);
}

void kit_lint_tell_key(kit_linter *l, const kit_place *at, const char *mend, const char *rule, const char *format,
                       ...) {
  kit_finding finding = {.rule = kit_rule_find(rule), .key = true, .mend = json_of(l, hcsref_cstr(mend))};
  va_list args;
  va_start(args, format);
  tell(l, at, NULL, &finding, format, args);
  va_end(args);
}

void kit_lint_tell_text(kit_linter *l, const kit_place *at, const char *member, hcsref_str mend, const char *rule,
                        const char *format, ...) {
  kit_finding finding = {.rule = kit_rule_find(rule), .mend = json_of(l, mend)};
  va_list args;
  va_start(args, format);
  tell(l, at, member, &finding, format, args);
  va_end(args);
}

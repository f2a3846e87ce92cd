/* SPDX-License-Identifier: Apache-2.0 */
/* What the reference makes of what a container was made from, against what was recorded. */
#include "check/recording/line.h"

#include <string.h>

#define SHOWN_LENGTH 300u /* characters of a value in a message */

/* As it may be shown; without memory as a secret. */
static hcsref_str shown(check_line *s, hcsref_str pointer, hcsref_str value) {
  if (value.data == NULL)
    return HCSREF_LIT("nothing");
  if (!s->request->keep_secrets && !scrub_value(&s->line_arena, pointer, value, &value))
    return HCSREF_LIT(SCRUBBED);
  return hcsref_str_first(value, SHOWN_LENGTH);
}

static bool tell_differences(check_line *s, const kit_differences *differences) {
  hcsref_str message;
  for (const kit_difference *d = differences->first; d != NULL; d = d->next) {
    if (!hcsref_format(&s->line_arena, &message, "%s: the reference has %v, the recording %v",
                       kit_difference_name(d->kind), shown(s, d->pointer, d->expected),
                       shown(s, d->pointer, d->actual)))
      return false;
    line_tell(s, LINE_DIFFERS, d->pointer, message);
  }
  if (differences->count <= KIT_DIFFERENCES_KEPT)
    return true;
  if (!hcsref_format(&s->line_arena, &message, "%u more differences",
                     (uint64_t)(differences->count - KIT_DIFFERENCES_KEPT)))
    return false;
  line_tell(s, LINE_DIFFERS, hcsref_cstr(NULL), message);
  return true;
}

static bool compare(check_line *s, const kit_document *document, const kit_json *actual, hcsref_str reference,
                    hcsref_error *err) {
  kit_differences differences = {0};
  kit_json *expected;
  kit_tier tier = s->request->tier;
  if (tier == KIT_BYTES ? !kit_compare_texts(&s->line_arena, reference, actual->raw, &differences, err)
                        : !kit_json_parse(&s->line_arena, reference, &expected, err) ||
                              !kit_compare(&s->line_arena, tier, document->shape, expected, actual, &differences, err))
    return false;
  s->totals->compared++;
  return tell_differences(s, &differences) || hcsref_fail_memory(err);
}

static check_client *client_of(check_line *s) {
  for (size_t i = 0; i < LINE_RECENT && i < s->client_count; i++)
    if (s->clients[i].process == s->process)
      return &s->clients[i];
  return NULL;
}

/* The first document of a client that nobody knows says so. */
static bool tell_unknown(check_line *s, const check_client *client) {
  hcsref_str message;
  if (!hcsref_format(&s->line_arena, &message, "%v says it is %v, which no profile is: comparing with %v",
                     client->program, client->says, hcsref_profile_name(s->request->profile)))
    return false;
  line_tell(s, LINE_UNKNOWN_CLIENT, hcsref_cstr(NULL), message);
  return true;
}

/* Whose documents this client's are held against. False: out of memory. */
static bool choose_reference(check_line *s, check_reference *out) {
  check_client *client = s->request->profile_given ? NULL : client_of(s);
  const bool first = client != NULL && !client->looked;
  const hcsref_profile *profile = NULL;
  out->profile = s->request->profile;
  out->program = hcsref_cstr(NULL);
  if (client != NULL && !client_profile(s->names, client, &profile))
    return false;
  if (profile != NULL) {
    out->profile = profile;
    out->program = client->program;
  }
  return profile != NULL || !first || client->says.len == 0 || tell_unknown(s, client);
}

/* Names each once. */
static void note_reference(check_totals *totals, const check_reference *used) {
  for (size_t i = 0; i < totals->reference_count; i++)
    if (hcsref_str_equal(hcsref_profile_name(totals->references[i].profile), hcsref_profile_name(used->profile)) &&
        hcsref_str_equal(totals->references[i].program, used->program))
      return;
  if (totals->reference_count < CHECK_REFERENCES)
    totals->references[totals->reference_count++] = *used;
}

/* Messages may mention what is secret in the bundle, too. */
static void find_secrets(check_line *s, hcsref_str text) {
  hcsref_error err;
  kit_json *tree;
  if (!s->request->keep_secrets && kit_json_parse(&s->line_arena, text, &tree, &err))
    scrub_find(&s->secrets, tree);
}

bool line_check_reference(check_line *s, const kit_document *document, const kit_json *tree, hcsref_error *err) {
  created c = {s->process, s->id, tree};
  check_bundle *b = s->request->bundle == NULL ? NULL : s->request->bundle(s->request->context, s->id);
  check_reference used;
  hcsref_str reference, message;
  if (b != NULL)
    b->used = true;
  if (b == NULL || !created_is_comparable(&c)) {
    s->totals->not_compared++;
    return true;
  }
  if (!choose_reference(s, &used))
    return hcsref_fail_memory(err);
  note_reference(s->totals, &used);
  find_secrets(s, b->source.text);
  if (bundle_document(&s->line_arena, s->facts, &c, used.profile, &b->source, &s->request->setup, &reference, err))
    return compare(s, document, tree, reference, err);
  if (strcmp(err->code, "out-of-memory") == 0)
    return false;
  if (!hcsref_format(&s->line_arena, &message, "the reference refuses %s%s%v: %v", b->name,
                     err->where.len > 0 ? ": " : "", err->where, err->message))
    return false;
  s->totals->not_compared++;
  line_tell(s, LINE_NO_REFERENCE, hcsref_cstr(NULL), message);
  return true;
}

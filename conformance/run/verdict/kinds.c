/* SPDX-License-Identifier: Apache-2.0 */
#include "run/verdict/kinds.h"

#include "compare/payload.h"
#include "run/cases/tags.h"
#include "run/verdict/judge.h"

#include <stdio.h>
#include <string.h>

/* Of a testee's own text, such as a code, this much tells kinds apart. */
#define OWN_TEXT 40

typedef struct writer {
  char *text;
  size_t len;
} writer;

static void put(writer *w, hcsref_str s) {
  size_t room = KIT_KIND_SIZE - 1 - w->len, n = s.len < room ? s.len : room;
  if (n != 0)
    memcpy(w->text + w->len, s.data, n);
  w->len += n;
  w->text[w->len] = '\0';
}

static bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The words at the beginning of a text of the testee, up to the first value in it. */
static void put_words(writer *w, hcsref_str s) {
  size_t n = 0;
  while (n < s.len && n < OWN_TEXT && (is_letter(s.data[n]) || strchr(" -_.", s.data[n]) != NULL) && s.data[n] != '\0')
    n++;
  put(w, n == 0 ? HCSREF_LIT("(nothing)") : hcsref_str_first(s, n));
}

/* ---- places ------------------------------------------------------------------------------------------- */

static bool is_index(hcsref_str token) {
  size_t i;
  for (i = 0; i < token.len; i++)
    if (token.data[i] < '0' || token.data[i] > '9')
      return false;
  return token.len > 0;
}

static const hcsref_type *pointed_at(const hcsref_type *type) {
  while (type != NULL && type->kind == HCSREF_POINTER)
    type = type->elem;
  return type;
}

/* One token of a pointer: positions, and keys that are data, are all the same place. */
static kit_shape put_token(writer *w, kit_shape shape, hcsref_str token) {
  const hcsref_type *type = pointed_at(shape.type);
  bool is_list = type == NULL || type->kind == HCSREF_SLICE || type->kind == HCSREF_ARRAY;
  bool is_map = type != NULL && type->kind == HCSREF_MAP;
  put(w, HCSREF_LIT("/"));
  if (is_map || (is_list && is_index(token))) {
    put(w, HCSREF_LIT("*"));
    return is_map ? kit_member_shape(shape, token) : kit_element_shape(shape);
  }
  put(w, token);
  return kit_member_shape(shape, token);
}

static void put_place(writer *w, kit_shape shape, hcsref_str pointer) {
  if (pointer.len == 0)
    put(w, HCSREF_LIT("the whole"));
  while (pointer.len > 0) {
    hcsref_str rest = hcsref_str_skip(pointer, 1), token = rest;
    const char *slash = rest.len == 0 ? NULL : memchr(rest.data, '/', rest.len);
    if (slash != NULL)
      token = hcsref_str_first(rest, (size_t)(slash - rest.data));
    shape = put_token(w, shape, token);
    pointer = hcsref_str_skip(rest, token.len);
  }
}

static bool put_difference(writer *w, const kit_case *c, const kit_result *r, size_t i) {
  const kit_shape unknown = {NULL, false, NULL};
  const kit_difference *d = r->differences.first;
  for (; d != NULL && i > 0; i--)
    d = d->next;
  if (d == NULL)
    return false;
  put(w, hcsref_cstr(kit_difference_name(d->kind)));
  put(w, HCSREF_LIT(" at "));
  put_place(w, r->failure == KIT_DIFFERENCE ? kit_payload_shape(c->op, c->ok) : unknown, d->pointer);
  return true;
}

/* ---- by class ----------------------------------------------------------------------------------------- */

static void put_answered_code(writer *w, const kit_result *r) {
  const kit_difference *d = r->differences.first;
  put_words(w, d == NULL || d->actual.len < 2 ? HCSREF_LIT("") : hcsref_str_skip(d->actual, 1));
}

/* Of an error that was expected: its code, else our own reason, which is the same in every case that has it, else the
 * words that its message begins with. */
static void put_expected(writer *w, const kit_case *c) {
  const char *reason = kit_case_error_reason(c);
  put(w, HCSREF_LIT("no error"));
  if (c->code.len == 0 && c->message.len == 0 && reason[0] == '\0')
    return;
  put(w, HCSREF_LIT(": "));
  if (c->code.len != 0)
    put(w, c->code);
  else if (c->message.len == 0)
    put(w, hcsref_cstr(reason));
  else
    put_words(w, c->message);
}

/* Those that show one kind only. */
static void put_single(writer *w, const kit_case *c, const kit_result *r) {
  switch (r->failure) {
  case KIT_NO_ERROR:
    put_expected(w, c);
    break;
  case KIT_UNEXPECTED_ERROR:
    put(w, HCSREF_LIT("error: "));
    put_words(w, hcsref_str_skip(r->reason, sizeof(KIT_UNEXPECTED_ERROR_TEXT) - 1));
    break;
  case KIT_WRONG_CODE:
  case KIT_WRONG_MESSAGE:
    put(w, r->failure == KIT_WRONG_CODE ? HCSREF_LIT("code: ") : HCSREF_LIT("message: "));
    put(w, c->code);
    put(w, HCSREF_LIT(", "));
    put_answered_code(w, r);
    break;
  case KIT_DIED:
    put(w, r->reason); /* signal or status */
    break;
  default:
    put(w, hcsref_cstr(kit_failure_name(r->failure)));
    break;
  }
}

bool kit_kind(const kit_case *c, const kit_result *r, size_t i, char *text) {
  writer w = {text, 0};
  text[0] = '\0';
  if (r->verdict != KIT_FAIL && r->verdict != KIT_BROKEN)
    return false;
  if (r->failure == KIT_DIFFERENCE || r->failure == KIT_WRONG_HOST_CALLS)
    return put_difference(&w, c, r, i);
  if (i == 0)
    put_single(&w, c, r);
  return i == 0;
}

bool kit_shows_kind(const kit_case *c, const kit_result *r, const char *kind) {
  char text[KIT_KIND_SIZE];
  size_t i;
  for (i = 0; kit_kind(c, r, i, text); i++)
    if (strcmp(text, kind) == 0)
      return true;
  return false;
}

uint32_t kit_kind_hash(const char *kind) { /* FNV-1a */
  uint32_t hash = 2166136261u;
  for (; *kind != '\0'; kind++)
    hash = (hash ^ (unsigned char)*kind) * 16777619u;
  return hash;
}

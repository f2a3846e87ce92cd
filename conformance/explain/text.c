/* SPDX-License-Identifier: Apache-2.0 */
#include "explain/text.h"

#include "explain/codes.h"

/* Most codes of one text that are told apart. */
#define MOST_CODES 8

/* ---- codes ------------------------------------------------------------------------------------------------- */

typedef struct code_list {
  explain_number items[MOST_CODES];
  size_t count;
} code_list;

static void note(code_list *list, const explain_number *number) {
  for (size_t i = 0; i < list->count; i++)
    if (list->items[i].code == number->code)
      return;
  if (list->count < MOST_CODES)
    list->items[list->count++] = *number;
}

static void find_codes(code_list *list, hcsref_str text) {
  explain_number number;
  size_t from = 0;
  while (explain_code_next(text, &from, &number))
    note(list, &number);
  number.code = list->count > 0 ? NULL : explain_code_worded(text);
  if (number.code != NULL) {
    number.value = number.code->result;
    note(list, &number);
  }
}

/* Codes that say only that something failed. */
static bool is_general(const explain_code *code) {
  return code->result == 0x80004005u || code->result == 0x80370106u || code->result == 0x80370103u;
}

/* The one that says most. */
static const explain_code *main_code(const code_list *list) {
  for (size_t i = 0; i < list->count; i++)
    if (!is_general(list->items[i].code))
      return list->items[i].code;
  return list->count == 0 ? NULL : list->items[0].code;
}

static void tell_codes(explain_page *page, const code_list *list) {
  explain_part_begin(page, "codes", "The codes in it");
  for (size_t i = 0; i < list->count; i++) {
    hcsref_str title = {NULL, 0};
    page->failed = page->failed || !explain_code_title(page->arena, list->items[i].value, list->items[i].code, &title);
    explain_say(page, "%v: %s", title, list->items[i].code->meaning);
  }
}

bool explain_text(explain_page *page, hcsref_str text) {
  code_list codes = {.count = 0};
  find_codes(&codes, text);
  if (codes.count == 0)
    return false;
  explain_title(page, "text", "A message with %s", codes.count == 1 ? "a code" : "codes");
  tell_codes(page, &codes);
  explain_code_advice(page, main_code(&codes));
  explain_code_links(page, main_code(&codes));
  return !page->failed;
}

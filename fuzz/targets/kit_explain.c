/* SPDX-License-Identifier: Apache-2.0 */
/* hcsproof explain of any text, and of its first line as a number. */
#include "explain/codes.h"
#include "explain/text.h"

#include "support.h"

static void append_page(hcsref_buf *all, const explain_page *page) {
  hcsref_buf_append(all, page->title);
  for (const explain_part *part = page->first; part != NULL; part = part->next)
    for (const explain_line *line = part->first; line != NULL; line = line->next) {
      hcsref_buf_append_char(all, '\n');
      hcsref_buf_append(all, line->text);
    }
}

static hcsref_str work(int which, hcsref_str text) {
  hcsref_arena *arena = fuzz_arena(which);
  explain_page page = {.arena = arena};
  hcsref_buf all = {.arena = arena};
  if (explain_text(&page, text)) {
    REQUIRE(page.kind != NULL && page.title.len > 0, "a page has a title");
    append_page(&all, &page);
  }
  return page.failed || all.failed ? HCSREF_LIT("out of memory") : hcsref_buf_str(&all);
}

static void check_number(hcsref_str word) {
  explain_number number, again;
  hcsref_arena *arena = fuzz_arena(FUZZ_SCRATCH);
  hcsref_str title;
  if (!explain_number_read(word, &number))
    return;
  REQUIRE(number.code == explain_code_find(number.value), "the row of the number");
  REQUIRE(hcsref_format(arena, &title, "%u", (uint64_t)number.value), "memory");
  REQUIRE(explain_number_read(title, &again) && (again.value == number.value || title.len == 8), "its decimal is it");
  REQUIRE(explain_code_title(arena, number.value, number.code, &title) && title.len >= 10, "it has a title");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str text = fuzz_text(data, size), rest = text;
  REQUIRE_SAME(work(FUZZ_FRESH, text), work(FUZZ_USUAL, text), "memory does not show");
  check_number(fuzz_line(&rest));
  return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/** @file What a result means, in whichever way it is spelt. */
#ifndef HCSPROOF_EXPLAIN_CODES_H
#define HCSPROOF_EXPLAIN_CODES_H

#include "explain/events.h"
#include "explain/page.h"

/** A row of codes.def. */
typedef struct explain_code {
  uint32_t result;
  const char *words, *meaning, *cause, *look, *links;
} explain_code;

/** A code as somebody wrote it. */
typedef struct explain_number {
  uint32_t value;           /**< all 32 bits */
  const explain_code *code; /**< null: the table does not have it */
} explain_number;

/** The row of a result: either form of HCS, an NTSTATUS as HRESULT (0xD…), a Win32 error as HRESULT or by itself (up to
 * 65535); null when there is none. */
const explain_code *explain_code_find(uint32_t value);
/** Reads `word` as a number: 0x…, eight hexadecimal digits without 0x, decimal with and without a sign, 64 bits that
 * are 32 with their sign; behind # or %%, and with L, U or h at the end. Of two readings the one that the table has
 * counts. False: it is no number, or one of more than 32 bits. */
bool explain_number_read(hcsref_str word, explain_number *out);
/** The row of a name, in any case: HCS_E_INVALID_JSON, E_INVALIDARG, hcsshim's ErrVmcomputeUnexpectedExit; null: none.
 */
const explain_code *explain_code_named(hcsref_str word);
/** The name of the `index`-th row, from 0; null behind the last. */
const char *explain_code_name(size_t index);

/** The first code in `text` at or behind `*from`, which moves behind it: a number that the table has and that is
 * written as a code is, a name, or a number that is called a result (its code is null). False: there is none. */
bool explain_code_next(hcsref_str text, size_t *from, explain_number *out);
/** The row of which the longest words are in `text`, in any case; null: none. */
const explain_code *explain_code_worded(hcsref_str text);

/** "0xC0370106 HCS_E_UNEXPECTED_EXIT". */
bool explain_code_title(hcsref_arena *arena, uint32_t value, const explain_code *code, hcsref_str *out);
/** Fills a page about it; `value` is the spelling that was given. */
void explain_code_page(explain_page *page, uint32_t value, const explain_code *code);
/** Adds parts about cause and first looks while that was being done. */
void explain_code_advice(explain_page *page, const explain_code *code, explain_activity activity);
/** Adds a part with links. */
void explain_code_links(explain_page *page, const explain_code *code, explain_activity activity);
/** Who gives the code, such as "WMI"; null: many do. */
const char *explain_code_family(uint32_t value);

#endif

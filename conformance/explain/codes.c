/* SPDX-License-Identifier: Apache-2.0 */
#include "explain/codes.h"

#include "cli/options.h"
#include "hcsref/hcsapi.h"

#include <string.h>

#define CODE(result, words, meaning, cause, look, links) {result##u, words, meaning, cause, look, links},

static const explain_code table[] = {
#include "explain/codes.def"
};

#define ADVICE(result, activity, cause, look, links) {result##u, EXPLAIN_##activity, cause, look, links},

static const struct {
  uint32_t result;
  explain_activity activity;
  const char *cause, *look, *links;
} advice[] = {
#include "explain/advice.def"
};

/* Names besides hcsref_hresult_name's. Source: winerror.h; hcsshim internal/hcs/errors.go. */
static const struct {
  const char *name;
  uint32_t result;
} other_names[] = {
    {"E_INVALIDARG", 0x80070057u},
    {"E_ACCESSDENIED", 0x80070005u},
    {"E_OUTOFMEMORY", 0x8007000Eu},
    {"E_HANDLE", 0x80070006u},
    {"ErrComputeSystemDoesNotExist", 0x8037010Eu},
    {"ErrElementNotFound", 0x80070490u},
    {"ErrProcessAlreadyStopped", 0x8037011Fu},
    {"ErrVmcomputeAlreadyStopped", 0x80370110u},
    {"ErrVmcomputeInvalidJSON", 0x8037010Du},
    {"ErrVmcomputeOperationInvalidState", 0x80370105u},
    {"ErrVmcomputeOperationPending", 0x80370103u},
    {"ErrVmcomputeUnexpectedExit", 0x80370106u},
    {"ErrVmcomputeUnknownMessage", 0x8037010Bu},
};

/* Where the codes of a family are listed. A family is what the masked code is. */
static const struct {
  uint32_t mask, value;
  const char *name, *list;
} families[] = {
    {0xFFFF0000u, 0x80370000u, "the Host Compute Service",
     "https://learn.microsoft.com/virtualization/api/hcs/reference/hcshresult"},
    {0xFFFF0000u, 0x803B0000u, "the Host Networking Service",
     "https://learn.microsoft.com/openspecs/windows_protocols/ms-erref/705fb797-2175-4a90-b5a3-3918024b10b8"},
    {0xFFFF0000u, 0x801F0000u, "the filter manager",
     "https://learn.microsoft.com/openspecs/windows_protocols/ms-erref/705fb797-2175-4a90-b5a3-3918024b10b8"},
    {0xFFFFF000u, 0x80041000u, "WMI", "https://learn.microsoft.com/windows/win32/wmisdk/wmi-error-constants"},
    {0xFFFFFF00u, 0x80070600u, "RPC", "https://learn.microsoft.com/windows/win32/rpc/rpc-return-values"},
    {0xFFFF0000u, 0x80070000u, "Win32", "https://learn.microsoft.com/windows/win32/debug/system-error-codes"},
    {0xFFFF0000u, 0xC0000000u, "Windows (an NTSTATUS)",
     "https://learn.microsoft.com/openspecs/windows_protocols/ms-erref/596a1078-e883-4972-9bbc-49e60bebca55"},
    {0xFFFF0000u, 0xC0020000u, "RPC (an NTSTATUS)",
     "https://learn.microsoft.com/openspecs/windows_protocols/ms-erref/596a1078-e883-4972-9bbc-49e60bebca55"},
    {0xFFFF0000u, 0xC0350000u, "the hypervisor",
     "https://learn.microsoft.com/openspecs/windows_protocols/ms-erref/705fb797-2175-4a90-b5a3-3918024b10b8"},
    {0xFFFF0000u, 0xC03A0000u, "virtual disks",
     "https://learn.microsoft.com/openspecs/windows_protocols/ms-erref/705fb797-2175-4a90-b5a3-3918024b10b8"},
    {0, 0, "Windows",
     "https://learn.microsoft.com/openspecs/windows_protocols/ms-erref/705fb797-2175-4a90-b5a3-3918024b10b8"},
};

/* ---- finding --------------------------------------------------------------------------------------------- */

/* Source: winerror.h, FACILITY_NT_BIT and HRESULT_FROM_WIN32. */
static uint32_t canonical(uint32_t value) {
  if (value > 0 && value <= 0xFFFFu)
    return 0x80070000u | value;
  if ((value & 0xF0000000u) == 0xD0000000u)
    value &= ~0x10000000u;
  return hcsref_hresult_condition((hcsref_hresult)value);
}

const explain_code *explain_code_find(uint32_t value) {
  uint32_t result = canonical(value);
  for (size_t i = 0; i < CLI_COUNT(table); i++)
    if (table[i].result == result)
      return &table[i];
  return NULL;
}

const explain_code *explain_code_named(hcsref_str word) {
  hcsref_hresult result;
  if (hcsref_hresult_named(word, &result))
    return explain_code_find((uint32_t)result);
  for (size_t i = 0; i < CLI_COUNT(other_names); i++)
    if (hcsref_str_equal_ascii_fold(word, hcsref_cstr(other_names[i].name)))
      return explain_code_find(other_names[i].result);
  return NULL;
}

const char *explain_code_name(size_t index) {
  return index < CLI_COUNT(table) ? hcsref_hresult_name((hcsref_hresult)table[index].result) : NULL;
}

/* ---- numbers ----------------------------------------------------------------------------------------------- */

static int digit_value(char c) {
  if (c >= '0' && c <= '9')
    return c - '0';
  if (c >= 'a' && c <= 'f')
    return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : 99;
}

/* All of `digits` in that base. False: something else is in it, or it has more than 64 bits. */
static bool read_digits(hcsref_str digits, uint64_t base, uint64_t *out) {
  uint64_t value = 0;
  for (size_t i = 0; i < digits.len; i++) {
    uint64_t digit = (uint64_t)digit_value(digits.data[i]);
    if (digit >= base || value > (UINT64_MAX - digit) / base)
      return false;
    value = value * base + digit;
  }
  *out = value;
  return digits.len > 0;
}

/* The 32 bits of a number of up to 64 of which the upper ones say nothing but the sign. */
static bool narrow(uint64_t value, bool negative, uint32_t *out) {
  if (negative ? value > 0x80000000u : value > UINT32_MAX && (value >> 31) != UINT64_MAX >> 31)
    return false;
  *out = (uint32_t)(negative ? 0u - (uint32_t)value : (uint32_t)(value & UINT32_MAX));
  return true;
}

static bool try_base(hcsref_str digits, uint64_t base, bool negative, explain_number *out) {
  uint64_t value;
  if (!read_digits(digits, base, &value) || !narrow(value, negative, &out->value))
    return false;
  out->code = explain_code_find(out->value);
  return true;
}

static hcsref_str without_prefix(hcsref_str word, hcsref_str prefix) {
  return hcsref_str_has_prefix(word, prefix) ? hcsref_str_skip(word, prefix.len) : word;
}

static hcsref_str without_suffix(hcsref_str word) {
  static const char *const suffixes[] = {"UL", "ul", "L", "U", "u", "l", "h", "H"};
  for (size_t i = 0; i < CLI_COUNT(suffixes); i++)
    if (hcsref_str_has_suffix(word, hcsref_cstr(suffixes[i])))
      return hcsref_str_first(word, word.len - strlen(suffixes[i]));
  return word;
}

bool explain_number_read(hcsref_str word, explain_number *out) {
  explain_number hex, decimal;
  bool negative;
  hcsref_str digits = without_prefix(without_prefix(word, HCSREF_LIT("#")), HCSREF_LIT("%%"));
  negative = hcsref_str_has_prefix(digits, HCSREF_LIT("-"));
  digits = without_suffix(hcsref_str_skip(digits, negative));
  if (hcsref_str_has_prefix(digits, HCSREF_LIT("0x")) || hcsref_str_has_prefix(digits, HCSREF_LIT("0X")))
    return try_base(hcsref_str_skip(digits, 2), 16, negative, out);
  if (digits.len == 8 && try_base(digits, 16, negative, &hex)) {
    bool both = try_base(digits, 10, negative, &decimal);
    *out = both && hex.code == NULL ? decimal : hex;
    return true;
  }
  return try_base(digits, 10, negative, out);
}

/* So far behind "in Win32" is its number. */
#define MOST_SENTENCE ((size_t)400)

/* ---- in a text --------------------------------------------------------------------------------------------- */

static bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* Does the text before `at` end with `words`, whatever stands between: blanks, a colon, quotes, a number sign? */
static bool follows(hcsref_str text, size_t at, const char *words) {
  size_t length = strlen(words);
  while (at > 0 && strchr(" :=\"#(\\", text.data[at - 1]) != NULL)
    at--;
  return at >= length &&
         hcsref_str_equal_ascii_fold(hcsref_str_from(text.data + at - length, length), hcsref_cstr(words));
}

/* A number of less than 17 bits is a code where it is called one. */
static bool is_called_code(hcsref_str text, size_t at, size_t end) {
  bool bracketed = at > 0 && text.data[at - 1] == '(' && end < text.len && text.data[end] == ')';
  bool exit =
      end - at >= 4 && (follows(text, at, "code") || follows(text, at, "status") || follows(text, at, "exited"));
  bool counts = end - at < 3 && end < text.len && text.data[end] == ' '; /* "error 1 of 3" */
  return (bracketed && text.data[at] == '0') || exit ||
         (!counts && (follows(text, at, "error") || follows(text, at, "win32")));
}

/* Is the number called a result, so that it is one even if the table lacks it? */
static bool is_called_result(hcsref_str text, size_t at, uint32_t value) {
  return value > 0x7FFFFFFFu && (follows(text, at, "winapi error") || follows(text, at, "hresult") ||
                                 follows(text, at, "error code") || follows(text, at, "ErrorCode"));
}

/* A Win32 error as hcsshim writes it: "... failed in Win32: TEXT (0x3f9)". Source: hcsshim internal/hcserror Error. */
static bool is_win32_error(hcsref_str text, size_t at, size_t end, uint32_t value) {
  const size_t from = at > MOST_SENTENCE ? at - MOST_SENTENCE : 0;
  return value > 0 && value <= 0xFFFFu && at > 0 && text.data[at - 1] == '(' && end < text.len &&
         text.data[end] == ')' && end - at > 2 && text.data[at + 1] == 'x' &&
         explain_holds(hcsref_str_from(text.data + from, at - from), HCSREF_LIT("in Win32"));
}

static bool is_name(hcsref_str word, explain_number *out) {
  out->code = explain_code_named(word);
  out->value = out->code == NULL ? 0 : out->code->result;
  return out->code != NULL;
}

static bool is_code(hcsref_str text, size_t at, size_t end, explain_number *out) {
  hcsref_str word = hcsref_str_from(text.data + at, end - at);
  if (digit_value(text.data[at]) > 15 || word.len > 24)
    return is_name(word, out);
  if (at > 0 && text.data[at - 1] == '-' && (at == 1 || !is_word(text.data[at - 2])))
    word = hcsref_str_from(word.data - 1, word.len + 1);
  if (!explain_number_read(word, out))
    return is_name(word, out); /* E_INVALIDARG begins with a digit too */
  if (out->code == NULL)
    return is_called_result(text, at, out->value) || is_win32_error(text, at, end, out->value);
  return out->value > 0xFFFFu || (out->value != 0 && is_called_code(text, at, end));
}

bool explain_code_next(hcsref_str text, size_t *from, explain_number *out) {
  size_t at = *from;
  while (at < text.len) {
    size_t end = at;
    while (end < text.len && is_word(text.data[end]))
      end++;
    *from = end;
    if (end > at && is_code(text, at, end, out))
      return true;
    at = end > at ? end : end + 1;
  }
  *from = text.len;
  return false;
}

/* How many letters of `words`, of which | parts two, are in `text`; 0: none of them. */
static size_t held(hcsref_str text, const char *words) {
  size_t longest = 0;
  for (const char *next = words; *next != '\0'; next += strspn(next, "|")) {
    hcsref_str phrase = hcsref_str_from(next, strcspn(next, "|"));
    if (phrase.len > longest && explain_holds(text, phrase))
      longest = phrase.len;
    next += phrase.len;
  }
  return longest;
}

const explain_code *explain_code_worded(hcsref_str text) {
  const explain_code *best = NULL;
  size_t longest = 0;
  for (size_t i = 0; i < CLI_COUNT(table); i++) {
    size_t length = held(text, table[i].words);
    if (length > longest) {
      best = &table[i];
      longest = length;
    }
  }
  return best;
}

/* ---- pages ------------------------------------------------------------------------------------------------- */

static void hex_of(uint32_t value, char out[11]) {
  static const char digits[] = "0123456789ABCDEF";
  out[0] = '0';
  out[1] = 'x';
  for (int i = 0; i < 8; i++)
    out[2 + i] = digits[(value >> (28 - 4 * i)) & 15u];
  out[10] = '\0';
}

bool explain_code_title(hcsref_arena *arena, uint32_t value, const explain_code *code, hcsref_str *out) {
  char hex[11];
  uint32_t shown = value <= 0xFFFFu ? canonical(value) : value;
  hex_of(shown, hex);
  if (code == NULL)
    return hcsref_format(arena, out, "%s", hex);
  return hcsref_format(arena, out, "%s %s", hex, hcsref_hresult_name((hcsref_hresult)code->result));
}

static size_t family_of(uint32_t result) {
  size_t i = 0;
  while ((result & families[i].mask) != families[i].value)
    i++;
  return i;
}

const char *explain_code_family(uint32_t value) {
  size_t i = family_of(canonical(value));
  return i + 1 == CLI_COUNT(families) ? NULL : families[i].name;
}

static void say_forms(explain_page *page, uint32_t value, const explain_code *code) {
  char hex[11];
  explain_part_begin(page, "forms", "Other forms of this code");
  if ((code->result & 0xFFFF0000u) == 0x80370000u) {
    hex_of(code->result | 0x40000000u, hex);
    explain_say(page, "%s in the answers of vmcompute.dll,", hex);
    hex_of(code->result, hex);
    explain_say(page, "%s in those of computecore.dll,", hex);
  }
  if ((value & 0xF0000000u) == 0xD0000000u) {
    hex_of(code->result, hex);
    explain_say(page, "%s as an NTSTATUS,", hex);
  }
  if ((code->result & 0xFFFF0000u) == 0x80070000u)
    explain_say(page, "Win32 error %u,", (uint64_t)(code->result & 0xFFFFu));
  if (value <= 0xFFFFu)
    value = canonical(value);
  explain_say(page, "%d or %u in decimal.", (int64_t)(int32_t)value, (uint64_t)value);
}

/* The row about the code while that was being done; CLI_COUNT(advice): none. */
static size_t advice_of(const explain_code *code, explain_activity activity) {
  size_t i = 0;
  while (i < CLI_COUNT(advice) && (advice[i].result != code->result || advice[i].activity != activity))
    i++;
  return i;
}

void explain_code_advice(explain_page *page, const explain_code *code, explain_activity activity) {
  size_t row = advice_of(code, activity);
  bool special = row < CLI_COUNT(advice);
  explain_part_begin(page, "cause", "What usually causes it");
  explain_say(page, "%s", special ? advice[row].cause : code->cause);
  explain_part_begin(page, "look", "What to look at first");
  explain_say(page, "%s", special ? advice[row].look : code->look);
}

void explain_code_links(explain_page *page, const explain_code *code, explain_activity activity) {
  size_t row = advice_of(code, activity);
  hcsref_str links = hcsref_cstr(row < CLI_COUNT(advice) ? advice[row].links : code->links);
  explain_part_begin(page, "links", "Read more");
  while (links.len > 0) {
    const char *space = memchr(links.data, ' ', links.len);
    hcsref_str link = space == NULL ? links : hcsref_str_first(links, (size_t)(space - links.data));
    explain_show(page, link);
    links = hcsref_str_skip(links, link.len + 1);
  }
  explain_show(page, hcsref_cstr(families[family_of(code->result)].list));
}

void explain_code_page(explain_page *page, uint32_t value, const explain_code *code) {
  hcsref_str title = {NULL, 0};
  page->failed = page->failed || !explain_code_title(page->arena, value, code, &title);
  explain_title(page, "code", "%v: a code of %s", title, families[family_of(code->result)].name);
  explain_part_begin(page, "meaning", "What it means");
  explain_say(page, "%s", code->meaning);
  explain_code_advice(page, code, EXPLAIN_ANY);
  say_forms(page, value, code);
  explain_code_links(page, code, EXPLAIN_ANY);
}

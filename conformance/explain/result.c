/* SPDX-License-Identifier: Apache-2.0 */
#include "explain/result.h"

#include "compare/text.h"
#include "explain/tree_walk.h"

#include <string.h>

/* ---- noting ---------------------------------------------------------------------------------------------- */

void explain_note_code(explain_failure *f, const explain_number *number) {
  for (size_t i = 0; i < f->code_count; i++)
    if (f->codes[i].code == number->code)
      return;
  if (number->code != NULL && number->code->result != 0 && f->code_count < EXPLAIN_MOST_CODES)
    f->codes[f->code_count++] = *number;
}

static void note_path(explain_failure *f, hcsref_str path) {
  for (size_t i = 0; i < f->path_count; i++)
    if (hcsref_str_equal(f->paths[i], path))
      return;
  if (f->path_count < EXPLAIN_MOST_PATHS)
    f->paths[f->path_count++] = path;
}

void explain_note_text(explain_failure *f, hcsref_str text) {
  explain_number number;
  hcsref_str path;
  size_t from = 0;
  while (explain_code_next(text, &from, &number)) {
    explain_note_code(f, &number);
    if (number.code == NULL && f->unknown == 0)
      f->unknown = number.value;
  }
  from = 0;
  while (explain_path_next(text, &from, &path))
    note_path(f, path);
}

static void note_event(explain_failure *f, uint64_t id, hcsref_str provider, hcsref_str message) {
  const explain_event *event = explain_event_find(id);
  if (f->event_count < EXPLAIN_MOST_EVENTS) {
    f->events[f->event_count].id = id;
    f->events[f->event_count].provider = provider;
    f->events[f->event_count++].message = message;
  }
  if (event != NULL && event->result != 0) {
    const explain_number number = {event->result, explain_code_find(event->result)};
    explain_note_code(f, &number);
  }
}

/* ---- events in a message --------------------------------------------------------------------------------- */

/* Where `words` are in `text` at or behind `from`, in any case; SIZE_MAX: nowhere. */
static size_t find_words(hcsref_str text, size_t from, const char *words) {
  size_t length = strlen(words);
  for (; from + length <= text.len; from++)
    if (hcsref_str_equal_ascii_fold(hcsref_str_from(text.data + from, length), hcsref_cstr(words)))
      return from;
  return SIZE_MAX;
}

/* What stands behind `words` in `text`, without blanks and colons; empty when they are not there. */
static hcsref_str behind(hcsref_str text, const char *words) {
  size_t at = find_words(text, 0, words);
  if (at == SIZE_MAX)
    return hcsref_str_from(NULL, 0);
  text = hcsref_str_skip(text, at + strlen(words));
  while (text.len > 0 && strchr(" :=>\"'\\{", text.data[0]) != NULL)
    text = hcsref_str_skip(text, 1);
  return text;
}

static uint64_t leading_number(hcsref_str text) {
  uint64_t number = 0;
  for (size_t i = 0; i < text.len && i < 6 && text.data[i] >= '0' && text.data[i] <= '9'; i++)
    number = number * 10 + (uint64_t)(text.data[i] - '0');
  return number;
}

/* The message of [Event Detail: MESSAGE Provider: GUID EventID: 1]. */
static hcsref_str event_message(hcsref_str text) {
  hcsref_str message = behind(text, "Event Detail");
  size_t end = find_words(message, 0, "Provider:");
  message = end == SIZE_MAX ? hcsref_str_from(NULL, 0) : hcsref_str_first(message, end);
  while (message.len > 0 && message.data[message.len - 1] == ' ')
    message.len--;
  return message;
}

/* Get-WinEvent's lists have "Id : 11507" beside a provider's name. */
static void note_listed_event(explain_failure *f, hcsref_str text) {
  size_t at = find_words(text, 0, "\nId "), by = find_words(text, 0, "ProviderName");
  hcsref_str provider = behind(text, "ProviderName");
  uint64_t id = at == SIZE_MAX || by == SIZE_MAX ? 0 : leading_number(behind(hcsref_str_skip(text, at), "Id"));
  const char *end = provider.len == 0 ? NULL : memchr(provider.data, '\n', provider.len);
  if (id == 0)
    return;
  provider = end == NULL ? provider : hcsref_str_first(provider, (size_t)(end - provider.data));
  while (provider.len > 0 && (unsigned char)provider.data[provider.len - 1] <= ' ')
    provider.len--;
  note_event(f, id, provider, hcsref_str_from(NULL, 0));
}

void explain_note_events(explain_failure *f, hcsref_str text) {
  static const char *const names[] = {"EventID", "Event ID"};
  note_listed_event(f, text);
  for (size_t n = 0; n < sizeof(names) / sizeof(names[0]); n++) {
    size_t start = 0, at;
    while ((at = find_words(text, start, names[n])) != SIZE_MAX) {
      uint64_t id = leading_number(behind(hcsref_str_skip(text, at), names[n]));
      hcsref_str before = hcsref_str_from(text.data + start, at - start);
      bool xml = find_words(before, 0, "Guid=") != SIZE_MAX; /* Provider Name='...' Guid='{...}' */
      if (id != 0)
        note_event(f, id, hcsref_str_first(behind(before, xml ? "Guid=" : "Provider"), 36), event_message(before));
      start = at + strlen(names[n]);
    }
  }
}

/* .NET gives E_FAIL to errors of which it has the words alone. */
void explain_note_words(explain_failure *f, hcsref_str text) {
  const explain_number *known = explain_main_code(f);
  explain_number number = {0, NULL};
  if (known != NULL && known->code->result != 0x80004005u)
    return;
  number.code = explain_code_worded(text);
  number.value = number.code == NULL ? 0 : number.code->result;
  explain_note_code(f, &number);
}

/* ---- result documents ------------------------------------------------------------------------------------ */

static bool is_number(const kit_json *tree, const char *member) {
  const kit_json *node = kit_json_get(tree, member);
  return node != NULL && node->kind == KIT_JSON_NUMBER;
}

/* Of a process that Windows ended: those of programs are small. */
static bool has_exit_code(const kit_json *tree) {
  uint64_t code;
  const kit_json *node = kit_json_get(tree, "ExitCode");
  return node != NULL && node->kind == KIT_JSON_NUMBER && (!kit_json_uint(node, &code) || code > 0xFFFFu);
}

bool explain_is_result(const kit_json *tree) {
  if (tree->kind != KIT_JSON_OBJECT)
    return false;
  if (is_number(tree, "Status") && kit_json_get(tree, "ExitType") != NULL)
    return true;
  if (has_exit_code(tree) && kit_json_get(tree, "Exited") != NULL)
    return true;
  if (kit_json_get(tree, "ErrorEvents") != NULL || kit_json_get(tree, "Attribution") != NULL ||
      kit_json_get(tree, "ErrorRecords") != NULL)
    return true;
  if (kit_json_get(tree, "Success") != NULL && (kit_json_get(tree, "Error") != NULL || is_number(tree, "ErrorCode")))
    return true;
  if (is_number(tree, "HResult") || kit_json_get_string(tree, "HResult").len > 0)
    return true;
  return is_number(tree, "Error") && (tree->count == 1 || kit_json_get(tree, "ErrorMessage") != NULL);
}

static void note_number(explain_failure *f, const kit_json *node) {
  explain_number number;
  hcsref_str text = node == NULL ? HCSREF_LIT("") : node->kind == KIT_JSON_STRING ? node->text : node->raw;
  if (!explain_number_read(text, &number))
    return;
  explain_note_code(f, &number);
  if (number.code == NULL && f->unknown == 0)
    f->unknown = number.value;
}

static void note_event_document(explain_failure *f, const kit_json *event) {
  const kit_json *data = kit_json_get(event, "Data");
  hcsref_str message = kit_json_get_string(event, "Message");
  uint64_t id = 0;
  (void)kit_json_uint(kit_json_get(event, "EventId"), &id);
  note_event(f, id, kit_json_get_string(event, "Provider"), message);
  explain_note_text(f, message);
  for (const kit_json *item = data == NULL ? NULL : data->first; item != NULL; item = item->next) {
    explain_note_text(f, kit_json_get_string(item, "Value"));
    note_number(f, kit_json_get(item, "Value"));
  }
}

/* What the guest's service says of each failed step. Source: hcsshim internal/gcs/prot ErrorRecord. */
static void note_records(explain_failure *f, const kit_json *records) {
  for (const kit_json *record = records == NULL ? NULL : records->first; record != NULL; record = record->next) {
    note_number(f, kit_json_get(record, "Result"));
    explain_note_text(f, kit_json_get_string(record, "Message"));
  }
}

/* Exit codes and paths in the records of Attribution. */
static void note_attribution(explain_failure *f) {
  const kit_json *root = f->attribution;
  uint64_t number;
  for (const kit_json *value = root; value != NULL; value = explain_next_value(root, value)) {
    if (value->kind == KIT_JSON_STRING)
      explain_note_text(f, value->text);
    else if (kit_json_uint(value, &number) ? number > 0xFFFFu : value->kind == KIT_JSON_NUMBER)
      note_number(f, value);
  }
}

/* The first message counts: of several results the first is the cause. */
static void note_message(explain_failure *f, hcsref_str message) {
  if (f->message.len == 0)
    f->message = message;
}

void explain_note_result(explain_failure *f, const kit_json *tree) {
  static const char *const numbers[] = {"Error", "ErrorCode", "Status", "Result", "HResult"};
  const kit_json *events = kit_json_get(tree, "ErrorEvents"), *error = kit_json_get(tree, "Error");
  for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
    if (is_number(tree, numbers[i]) ||
        (i > 0 && kit_json_get_string(tree, numbers[i]).len > 0)) /* Error may be words */
      note_number(f, kit_json_get(tree, numbers[i]));
  if (has_exit_code(tree))
    note_number(f, kit_json_get(tree, "ExitCode"));
  f->succeeded = f->succeeded || (is_number(tree, "Error") && hcsref_str_equal(error->raw, HCSREF_LIT("0")));
  note_message(f, kit_json_get_string(tree, "ErrorMessage"));
  note_message(f, kit_json_get_string(tree, "Message"));
  note_message(f, error != NULL && error->kind == KIT_JSON_STRING ? error->text : hcsref_str_from(NULL, 0));
  f->attribution = f->attribution != NULL ? f->attribution : kit_json_get(tree, "Attribution");
  for (const kit_json *event = events == NULL ? NULL : events->first; event != NULL; event = event->next)
    note_event_document(f, event);
  note_records(f, kit_json_get(tree, "ErrorRecords"));
  note_attribution(f);
  explain_note_text(f, f->message);
  explain_note_words(f, f->message);
}

/* ---- telling --------------------------------------------------------------------------------------------- */

/* Codes that say only that something failed. */
static bool is_general(const explain_code *code) {
  return code->result == 0x80004005u || code->result == 0x80370106u || code->result == 0x80370103u ||
         code->result == 0x80370107u;
}

const explain_number *explain_main_code(const explain_failure *f) {
  for (size_t i = 0; i < f->code_count; i++)
    if (!is_general(f->codes[i].code))
      return &f->codes[i];
  return f->code_count == 0 ? NULL : &f->codes[0];
}

static void tell_unknown(explain_page *page, uint32_t value) {
  const uint32_t status = value & ~0x10000000u;
  const char *family = explain_code_family(value);
  hcsref_str title = {NULL, 0}, other = {NULL, 0};
  page->failed = page->failed || !explain_code_title(page->arena, value, NULL, &title) ||
                 !explain_code_title(page->arena, status, NULL, &other);
  if ((value & 0xFFFF0000u) == 0x80070000u || value <= 0xFFFFu)
    explain_say(page,
                "%v is not among the codes that are explained here. It is Win32 error %u: 'net helpmsg %u' on Windows "
                "says what it means.",
                title, (uint64_t)(value & 0xFFFFu), (uint64_t)(value & 0xFFFFu));
  else if ((value & 0xF0000000u) == 0xD0000000u)
    explain_say(page, "%v is not among the codes that are explained here. It is the NTSTATUS %v, as an HRESULT.", title,
                other);
  else
    explain_say(page, "%v is not among the codes that are explained here%s%s.", title,
                family == NULL ? "" : "; it comes from ", family == NULL ? "" : family);
}

static void tell_codes(explain_page *page, const explain_failure *f) {
  explain_part_begin(page, "codes", f->code_count <= 1 ? "The code" : "The codes");
  if (f->code_count == 0 && f->unknown != 0)
    tell_unknown(page, f->unknown);
  for (size_t i = 0; i < f->code_count; i++) {
    hcsref_str title = {NULL, 0};
    page->failed = page->failed || !explain_code_title(page->arena, f->codes[i].value, f->codes[i].code, &title);
    explain_say(page, "%v: %s", title, f->codes[i].code->meaning);
  }
}

/* {"Error":0} */
static void tell_success(explain_page *page, const explain_failure *f) {
  explain_part_begin(page, "success", "What it tells");
  if (f->succeeded && f->code_count == 0 && f->unknown == 0)
    explain_say(page, "The result is 0 (S_OK): this is not a failure.");
}

static void tell_record(explain_page *page, const kit_json *record) {
  const kit_json *kind = record->first;
  hcsref_str detail = kit_json_get_string(kind, "Detail");
  const char *what = detail.len == 0 ? NULL : explain_step(detail);
  hcsref_buf json = {.arena = page->arena};
  if (kind == NULL)
    return;
  if (what != NULL) {
    explain_say(page, "%v: %s.", detail, what);
    return;
  }
  kit_json_append_canonical(&json, kind);
  page->failed = page->failed || json.failed;
  explain_say(page, "%v: %v", kind->key, hcsref_str_first(hcsref_buf_str(&json), 300));
}

static void tell_attribution(explain_page *page, const explain_failure *f) {
  explain_part_begin(page, "step", "The step that failed (Attribution)");
  if (f->attribution == NULL || f->attribution->kind != KIT_JSON_ARRAY)
    return;
  for (const kit_json *record = f->attribution->first; record != NULL; record = record->next)
    tell_record(page, record);
}

static void tell_events(explain_page *page, const explain_failure *f) {
  explain_part_begin(page, "events", "What happened, in order");
  for (size_t i = 0; i < f->event_count; i++) {
    const char *provider = explain_provider(f->events[i].provider);
    const explain_event *event = explain_event_find(f->events[i].id);
    hcsref_str who = provider != NULL ? hcsref_cstr(provider) : f->events[i].provider;
    explain_say(page, "%u. Event %u%s%v%s%s%s%v", (uint64_t)i + 1, f->events[i].id, who.len == 0 ? "" : " of ", who,
                event == NULL ? "" : ": ", event == NULL ? "" : event->what,
                f->events[i].message.len == 0 ? "." : ". It says: ", hcsref_str_first(f->events[i].message, 500));
  }
  if (f->event_count > 1)
    explain_say(page, "The event that names a device or a file is the cause; the others, and the code around them, "
                      "repeat that it failed.");
}

static void tell_whole(explain_page *page) {
  explain_say(page, "$ is the whole document: it could not be read at all, so no single field is to blame. The usual "
                    "causes: an empty string or no document (for a query, give none instead of an empty string); a "
                    "byte-order mark or UTF-16, as PowerShell writes; a single backslash in a path; a missing quote or "
                    "comma.");
}

static void tell_path(explain_page *page, hcsref_str path, const kit_json *document) {
  const kit_json *value = document == NULL ? NULL : explain_path_follow(document, path);
  hcsref_str pointer = {NULL, 0};
  if (path.len == 1) {
    tell_whole(page);
    return;
  }
  if (value == NULL) {
    explain_say(page,
                "%v: the service does not take what stands there: a member that this build of Windows does not "
                "have, or a value of the wrong kind.%s",
                path, document == NULL ? " Explain the document together with this message to see it." : "");
    return;
  }
  page->failed = page->failed || !explain_pointer_to(page->arena, document, value, &pointer);
  explain_say(page, "%v is %v of the document: %v", path, pointer, hcsref_str_first(value->raw, 300));
}

static void tell_paths(explain_page *page, const explain_failure *f, const kit_json *document) {
  explain_part_begin(page, "paths", "The place that the service names");
  for (size_t i = 0; i < f->path_count; i++)
    tell_path(page, f->paths[i], document);
}

void explain_failure_parts(explain_page *page, const explain_failure *f, const kit_json *document) {
  explain_part_begin(page, "message", "What it says");
  if (f->message.len > 0)
    explain_say(page, "%v", hcsref_str_first(f->message, 1000));
  tell_codes(page, f);
  tell_success(page, f);
  tell_attribution(page, f);
  tell_events(page, f);
  tell_paths(page, f, document);
}

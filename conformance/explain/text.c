/* SPDX-License-Identifier: Apache-2.0 */
#include "explain/text.h"

#include "cli/options.h"
#include "explain/document.h"
#include "explain/entries.h"
#include "explain/result.h"
#include "explain/tree_walk.h"
#include "input/encoding.h"
#include "input/kind.h"
#include "input/pasted/pasted.h"
#include "input/position.h"
#include "input/yaml.h"

#include <string.h>

/* So much of a text is searched for words; numbers and documents are found in all of it. */
#define MOST_PROSE ((size_t)1 << 18)
/* So much of it is searched for words that a line end parts. */
#define MOST_BROKEN_PROSE ((size_t)1 << 12)
/* A log in JSON holds lines of text, which may hold documents, and so on. */
#define DEEPEST 3
/* Most calls and most sayings that are told. */
#define MOST_CALLS   4
#define MOST_SAYINGS 3
/* Most members of JSON of an unknown kind that are read as text. */
#define MOST_MEMBERS 2000

/* What was found in a text. */
typedef struct analysis {
  explain_page *page;
  explain_failure failure;
  const kit_json *result; /* the first result document; null: none */
  input_found document;   /* the first of a known kind; tree null: none */
  input_found broken;     /* the first that is no JSON; text empty: none */
  const char *rule;       /* the first code of the kit in brackets; null: none */
  const explain_mention *phrase;
  const explain_mention *calls[MOST_CALLS];
  size_t call_count;
  const explain_mention *sayings[MOST_SAYINGS];
  size_t saying_count;
  bool inside; /* the text is what `broken` holds */
} analysis;

static bool analyse(analysis *a, hcsref_str text, unsigned depth);

/* ---- words ---- */

/* [cpu-limits-exclusive], as this program's own messages end. */
static const char *code_in_brackets(hcsref_arena *arena, hcsref_str text) {
  for (size_t i = 0; i < text.len; i++) {
    size_t end = i + 1;
    char *word;
    if (text.data[i] != '[')
      continue;
    while (end < text.len && ((text.data[end] >= 'a' && text.data[end] <= 'z') || text.data[end] == '-' ||
                              (text.data[end] >= '0' && text.data[end] <= '9')))
      end++;
    if (end - i < 4 || end - i > 60 || end == text.len || text.data[end] != ']')
      continue;
    word = hcsref_arena_alloc(arena, end - i);
    if (word == NULL)
      return NULL;
    memcpy(word, text.data + i + 1, end - i - 1);
    if (explain_has_entry(word))
      return word;
  }
  return NULL;
}

/* CreateComputeSystem is in HcsCreateComputeSystem, and is not told again. */
static void note_call(analysis *a, const explain_mention *call) {
  for (size_t i = 0; i < a->call_count; i++)
    if (explain_holds(hcsref_cstr(a->calls[i]->words), hcsref_cstr(call->words)))
      return;
  a->calls[a->call_count++] = call;
}

static void note_saying(analysis *a, const explain_mention *saying) {
  for (size_t i = 0; i < a->saying_count; i++)
    if (a->sayings[i] == saying)
      return;
  a->sayings[a->saying_count++] = saying;
}

static void note_words(analysis *a, hcsref_str text) {
  const explain_mention *found;
  text = hcsref_str_first(text, MOST_PROSE);
  explain_note_events(&a->failure, text);
  explain_note_words(&a->failure, text);
  for (size_t i = 0; a->call_count < MOST_CALLS && (found = explain_call_in(text, i)) != NULL; i++)
    note_call(a, found);
  for (size_t i = 0; a->saying_count < MOST_SAYINGS && (found = explain_saying_in(text, i)) != NULL; i++)
    note_saying(a, found);
  if (a->phrase == NULL)
    a->phrase = explain_phrase_in(text, 0);
  if (a->rule == NULL)
    a->rule = code_in_brackets(a->page->arena, text);
}

/* Is it still unknown what went wrong? Calls say only what was being done. */
static bool says_nothing(const analysis *a) {
  return explain_main_code(&a->failure) == NULL && a->phrase == NULL && a->saying_count == 0 && a->rule == NULL;
}

/* The text without its line breaks: a console breaks lines inside words, a list between them, with blanks in front. */
static bool note_unbroken(analysis *a, hcsref_str text, hcsref_str between) {
  hcsref_buf joined = {.arena = a->page->arena};
  bool spaced = between.len > 0;
  for (size_t i = 0; i < text.len; i++) {
    if (text.data[i] != '\n' && text.data[i] != '\r') {
      hcsref_buf_append_char(&joined, text.data[i]);
      continue;
    }
    while (i + 1 < text.len && (text.data[i + 1] == '\n' || text.data[i + 1] == '\r' ||
                                (spaced && (text.data[i + 1] == ' ' || text.data[i + 1] == '\t'))))
      i++;
    hcsref_buf_append(&joined, between);
  }
  if (joined.failed)
    return false;
  explain_note_text(&a->failure, hcsref_buf_str(&joined));
  note_words(a, hcsref_buf_str(&joined));
  return true;
}

/* Words that were broken over lines. False: out of memory. */
static bool note_wrapped(analysis *a, hcsref_str text) {
  text = hcsref_str_first(text, MOST_BROKEN_PROSE);
  if (!says_nothing(a) || memchr(text.data, '\n', text.len) == NULL)
    return true;
  return note_unbroken(a, text, HCSREF_LIT("")) && (!says_nothing(a) || note_unbroken(a, text, HCSREF_LIT(" ")));
}

/* ---- documents ---- */

/* JSON of no known kind, such as a log's line: its members as lines of text. */
static bool analyse_members(analysis *a, const kit_json *tree, unsigned depth) {
  hcsref_buf lines = {.arena = a->page->arena};
  size_t count = 0;
  for (const kit_json *value = tree; value != NULL && count < MOST_MEMBERS; value = explain_next_value(tree, value)) {
    if (value->kind != KIT_JSON_STRING && value->kind != KIT_JSON_NUMBER)
      continue;
    count++;
    hcsref_buf_append(&lines, value->key);
    hcsref_buf_append(&lines, HCSREF_LIT("="));
    hcsref_buf_append(&lines, value->kind == KIT_JSON_STRING ? value->text : value->raw);
    hcsref_buf_append_char(&lines, '\n');
  }
  if (lines.failed)
    return false;
  return analyse(a, hcsref_buf_str(&lines), depth + 1);
}

static bool note_document(analysis *a, const input_found *found, unsigned depth) {
  const bool cut = found->open > 0;
  if (cut && a->document.tree == NULL && !explain_is_result(found->tree) && explain_kind(found->tree) != NULL)
    a->document = *found;
  if (found->tree == NULL || cut) {
    if (a->broken.text.len > 0)
      return true;
    a->broken = *found;
    if (cut)
      a->broken.text = found->raw;
  } else if (explain_is_result(found->tree)) {
    if (a->result == NULL)
      a->result = found->tree;
    explain_note_result(&a->failure, found->tree);
  } else if (explain_kind(found->tree) != NULL) {
    if (a->document.tree == NULL || a->document.open > 0)
      a->document = *found;
  } else {
    return depth == DEEPEST || analyse_members(a, found->tree, depth);
  }
  return true;
}

/* Objects that stand in one that is no JSON are its parts, unless they were written into a text of it. */
static bool is_part(const analysis *a, const input_found *found) {
  return a->inside && found->escape == INPUT_PLAIN && found->wrapper[0] == '\0';
}

/* What stands between the documents. */
static bool analyse(analysis *a, hcsref_str text, unsigned depth) {
  hcsref_buf prose = {.arena = a->page->arena};
  hcsref_slice found;
  const input_found *items;
  size_t from = 0;
  if (text.len == 0)
    return true;
  if (!input_find_documents(a->page->arena, text, &found))
    return false;
  items = found.items;
  for (size_t i = 0; i < found.len; i++) {
    if (is_part(a, &items[i]))
      continue;
    hcsref_buf_append(&prose, hcsref_str_from(text.data + from, items[i].at - from));
    hcsref_buf_append_char(&prose, ' ');
    from = items[i].end;
    if (!note_document(a, &items[i], depth))
      return false;
  }
  hcsref_buf_append(&prose, hcsref_str_skip(text, from));
  if (prose.failed)
    return false;
  explain_note_text(&a->failure, hcsref_buf_str(&prose));
  note_words(a, hcsref_buf_str(&prose));
  return note_wrapped(a, hcsref_buf_str(&prose)) && !a->page->failed;
}

/* A line in JSON that was cut off may hold a message, and documents, that are whole. */
static bool analyse_broken(analysis *a) {
  hcsref_str text = a->broken.text;
  if (text.len == 0 || (!says_nothing(a) && a->document.tree != NULL))
    return true;
  a->inside = true;
  return analyse(a, hcsref_str_skip(text, 1), DEEPEST);
}

/* ---- telling ---- */

static const char *escape_words(input_escape escape) {
  static const char *const words[] = {"",
                                      ", with its quotes escaped",
                                      ", with its quotes doubled",
                                      ", with its quotes as XML entities",
                                      ", and converted to JSON",
                                      ", and converted to JSON"};
  return words[escape];
}

static const char cut_off[] =
    "A message is often cut off before it is logged: if that is so, take the document from the "
    "event log or from the runtime's debug log.";

static void tell_found(explain_page *page, const input_found *found) {
  const char *kind = explain_kind(found->tree);
  bool plural = explain_is_plural(kind);
  explain_part_begin(page, "document", "The document");
  explain_say(page, "%s %s, found in %s%s%s.%s", plural ? "These are" : "This is", kind,
              found->wrapper[0] == '\0' ? "the text" : found->wrapper, escape_words(found->escape),
              found->rejoined ? ", with its line breaks removed" : "",
              found->open > 0 ? " Its end is missing: only what is whole is looked at." : "");
  if (found->open > 0)
    explain_say(page, cut_off);
}

static void tell_broken(explain_page *page, const input_found *found) {
  input_map map;
  hcsref_error err = {0};
  explain_part_begin(page, "broken", "Why it is not JSON");
  if (found->wrapper[0] != '\0')
    explain_say(page, "It was found in %s%s.", found->wrapper, escape_words(found->escape));
  if (input_map_read(page->arena, found->text, NULL, &map, &err))
    return;
  explain_say(page, "line %u, column %u: %v", map.problem.line, map.problem.column, err.message);
  if (map.hint != NULL)
    explain_say(page, "Hint: %s.", map.hint);
  if (found->at == 0 && found->wrapper[0] == '\0')
    return;
  explain_say(page, cut_off);
}

static void tell_rules(explain_page *page, const analysis *a) {
  const char *name = a->rule != NULL ? a->rule : a->phrase != NULL ? a->phrase->what : NULL;
  explain_part_begin(page, "rules", "The rule behind it");
  if (name == NULL)
    return;
  explain_entry_line(page, name);
  explain_say(page, "(more: hcsproof explain %s)", name);
}

static bool is_empty(const analysis *a) {
  return a->failure.code_count == 0 && a->failure.event_count == 0 && a->failure.path_count == 0 &&
         a->failure.message.len == 0 && a->failure.attribution == NULL && a->document.tree == NULL && a->rule == NULL &&
         a->phrase == NULL && a->call_count == 0 && a->saying_count == 0 &&
         (a->failure.unknown == 0 || a->result != NULL) && !a->failure.succeeded && a->broken.text.len == 0;
}

static void tell_title(explain_page *page, const analysis *a, const explain_number *code) {
  const char *with = a->document.tree == NULL ? "" : code == NULL ? " with a document" : ", with a document";
  hcsref_str title = {NULL, 0};
  if (code != NULL)
    page->failed = page->failed || !explain_code_title(page->arena, code->value, code->code, &title);
  if (a->result != NULL)
    explain_title(page, "result", "A result of the service%s%v", code == NULL ? "" : ": ", title);
  else if (code != NULL)
    explain_title(page, "text", "A message about %v%s", title, with);
  else if (a->document.tree == NULL && a->broken.text.len > 0 && a->broken.at == 0)
    explain_title(page, "document", "A document that is not JSON");
  else if (with[0] == '\0' && a->call_count > 0)
    explain_title(page, "text", "A message about a call of the service");
  else
    explain_title(page, "text", "A message%s", with);
}

/* What was being done: the document tells it, or else the call that comes first in the table. */
static explain_activity activity_of(const analysis *a) {
  const char *kind = a->document.tree == NULL ? NULL : explain_kind(a->document.tree);
  if (kind != NULL && strstr(kind, "an HCS process") != NULL)
    return EXPLAIN_PROCESS;
  if (kit_json_get(a->document.tree, "VirtualMachine") != NULL)
    return EXPLAIN_VM;
  if ((kind != NULL && (strstr(kind, "HNS") != NULL || strstr(kind, "HCN") != NULL)) ||
      kit_json_get(a->result, "Success") != NULL)
    return EXPLAIN_NETWORK;
  return a->call_count == 0 ? EXPLAIN_ANY : a->calls[0]->activity;
}

/* What a message says in words: what was being done, and what its own words mean. */
static void tell_words(explain_page *page, const analysis *a) {
  explain_part_begin(page, "call", "What was being done");
  for (size_t i = 0; i < a->call_count; i++)
    explain_say(page, "%s: %s.", a->calls[i]->words, a->calls[i]->what);
  explain_part_begin(page, "saying", "What the message means");
  for (size_t i = 0; i < a->saying_count; i++)
    explain_say(page, "%s", a->sayings[i]->what);
  tell_rules(page, a);
}

/* Where Windows says more of what failed while that was being done. */
static const char *event_log_of(explain_activity activity) {
  static const char *const logs[] = {
      [EXPLAIN_CONTAINER] = "Microsoft-Windows-Hyper-V-Compute-Admin",
      [EXPLAIN_PROCESS] = "Microsoft-Windows-Hyper-V-Compute-Admin",
      [EXPLAIN_LAYERS] = "Microsoft-Windows-Hyper-V-Compute-Admin",
      [EXPLAIN_NETWORK] = "Microsoft-Windows-Host-Network-Service-Admin",
      [EXPLAIN_IDENTITY] = "Microsoft-Windows-Containers-CCG/Admin",
      [EXPLAIN_VM] = "Microsoft-Windows-Hyper-V-Worker-Admin",
      [EXPLAIN_GUEST] = "Microsoft-Windows-Hyper-V-Compute-Admin",
  };
  const size_t index = (size_t)activity;
  return index < CLI_COUNT(logs) ? logs[index] : NULL;
}

/* Words of Windows in a language, or of a program, that is not known here. */
static void tell_where_more_is(explain_page *page, const analysis *a, explain_activity activity) {
  const char *log = event_log_of(activity);
  if (!says_nothing(a) || a->result != NULL || a->document.tree != NULL || a->call_count == 0 || log == NULL)
    return;
  explain_part_begin(page, "look", "What to look at first");
  explain_say(page, "%s the event log %s at that time has the code and what else Windows says.",
              a->failure.unknown == 0 ? "The message has no code, and its wording is not recognised:"
                                      : "Nothing more is known about it:",
              log);
}

static void tell_advice(explain_page *page, const analysis *a, const explain_code *code) {
  const explain_activity activity = activity_of(a);
  tell_where_more_is(page, a, activity);
  if (a->saying_count > 0)
    explain_part_begin(page, "look", "What to look at first");
  for (size_t i = 0; i < a->saying_count; i++)
    explain_say(page, "%s", a->sayings[i]->look);
  if (code == NULL)
    return;
  if (a->saying_count == 0)
    explain_code_advice(page, code, activity);
  explain_code_links(page, code, activity);
}

static void tell(explain_page *page, const analysis *a) {
  const explain_number *number = explain_main_code(&a->failure);
  const explain_code *code = number == NULL ? NULL : number->code;
  const kit_json *document = a->document.tree;
  tell_title(page, a, number);
  explain_failure_parts(page, &a->failure, document);
  tell_words(page, a);
  if (document != NULL) {
    tell_found(page, &a->document);
    if (code != NULL)
      explain_places(page, document, code);
    if (a->document.open > 0)
      explain_cut_document(page, &a->document);
    else
      explain_document(page, a->document.text, document);
  }
  if (document == NULL && a->broken.text.len > 0)
    tell_broken(page, &a->broken);
  tell_advice(page, a, code);
}

/* ---- a text that is a document ---- */

/* What the programs that print a container add to it: why it failed. */
static void tell_its_failure(explain_page *page, const kit_json *tree) {
  input_kind kind = input_kind_of(tree);
  analysis a = {.page = page};
  const explain_number *number;
  if (kind < INPUT_CRICTL_INSPECT || kind > INPUT_KUBERNETES)
    return;
  if (!analyse_members(&a, tree, 0))
    page->failed = true;
  number = explain_main_code(&a.failure);
  explain_failure_parts(page, &a.failure, a.document.tree);
  tell_words(page, &a);
  if (number != NULL)
    explain_places(page, tree, number->code);
  tell_advice(page, &a, number == NULL ? NULL : number->code);
}

static void tell_whole(explain_page *page, const input_map *map) {
  const char *kind = explain_kind(map->tree);
  explain_title(page, "document", "%s %s", explain_is_plural(kind) ? "These are" : "This is", kind);
  explain_part_begin(page, "encoding", "Encoding and format");
  if (map->encoding == INPUT_UTF8_MARK)
    explain_say(page,
                "It begins with a byte-order mark, which Go's reader and the service refuse (invalid character, or "
                "'Invalid JSON document '$''). Save it as UTF-8 without one.");
  if (map->encoding == INPUT_UTF16)
    explain_say(page,
                "It is UTF-16, as PowerShell's > writes, which Go's reader and the service refuse. Save it as UTF-8 "
                "without a byte-order mark.");
  if (map->yaml)
    explain_say(page, input_yaml_goes_on(map->text) && input_kind_of(map->tree) != INPUT_KUBERNETES
                          ? "It is YAML. Only the first of its documents is read, as crictl does."
                          : "It is YAML.");
  tell_its_failure(page, map->tree);
  explain_document(page, map->json, map->tree);
}

/* Plain words are YAML, too. */
static bool is_whole_document(const input_map *map) {
  if (map->tree->kind != KIT_JSON_OBJECT && map->tree->kind != KIT_JSON_ARRAY)
    return false;
  if (map->yaml && input_kind_of(map->tree) == INPUT_UNKNOWN)
    return false;
  if (map->tree->kind == KIT_JSON_ARRAY && map->tree->first != NULL && explain_is_result(map->tree->first))
    return false;
  return !explain_is_result(map->tree) && explain_kind(map->tree) != NULL;
}

/* An object of which nothing is known, because it is not JSON: Python's quotes, a member without quotes. */
static void note_unfinished(analysis *a, hcsref_str text) {
  input_found whole = {.text = text, .end = text.len, .wrapper = ""};
  kit_json *tree;
  hcsref_error err = {0};
  if (text.len <= 20 || text.data[0] != '{' || memchr(text.data, ':', text.len) == NULL ||
      kit_json_parse(a->page->arena, text, &tree, &err))
    return;
  if (strcmp(err.code, "out-of-memory") == 0)
    a->page->failed = true;
  else
    a->broken = whole;
}

/* A text of which nothing is known but which program reads it. */
static bool tell_foreign(explain_page *page, hcsref_str text) {
  const input_foreign *foreign = input_foreign_text(text);
  if (foreign == NULL)
    return false;
  explain_title(page, "document", "This is %s", foreign->what);
  explain_foreign(page, foreign);
  return !page->failed;
}

/* The text without the > in front of each line, with which mail and Markdown quote; as it is when it has other lines.
 */
static hcsref_str without_quote_marks(explain_page *page, hcsref_str text) {
  hcsref_buf out = {.arena = page->arena};
  for (size_t i = 0; i < text.len; i++) {
    bool begins = i == 0 || text.data[i - 1] == '\n';
    if (begins && text.data[i] != '>')
      return text;
    if (begins) {
      i += i + 1 < text.len && text.data[i + 1] == ' ';
      continue;
    }
    hcsref_buf_append_char(&out, text.data[i]);
  }
  page->failed = page->failed || out.failed;
  return hcsref_buf_str(&out);
}

bool explain_text(explain_page *page, hcsref_str bytes) {
  analysis a = {.page = page};
  input_map map;
  hcsref_str text = bytes;
  hcsref_error err = {0};
  if (bytes.len == 0)
    return false;
  if (input_map_read(page->arena, bytes, NULL, &map, &err) && is_whole_document(&map)) {
    tell_whole(page, &map);
    return !page->failed;
  }
  if (!input_decode(page->arena, bytes, &text, &err))
    text = bytes;
  text = without_quote_marks(page, text);
  if (!analyse(&a, text, 0) || !analyse_broken(&a))
    page->failed = true;
  if (is_empty(&a) && explain_ending_in(text) != NULL)
    note_saying(&a, explain_ending_in(text));
  if (is_empty(&a))
    note_unfinished(&a, text);
  if (page->failed || is_empty(&a))
    return !page->failed && tell_foreign(page, text);
  tell(page, &a);
  return !page->failed;
}

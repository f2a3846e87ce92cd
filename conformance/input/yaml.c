/* SPDX-License-Identifier: Apache-2.0 */
#include "input/yaml.h"

#include <string.h>

#include <yaml.h>

#define FREE_GROWTH ((size_t)1 << 20)

/* One conversion. */
typedef struct conversion {
  hcsref_arena *arena;
  yaml_document_t *document;
  hcsref_buf out;
  size_t most;         /* bytes of `out` */
  size_t mappings;     /* how many were gone through: merging can take time and write nothing */
  size_t count;        /* documents */
  bool kubernetes;     /* of the last that was converted: an object of its API */
  bool listed;         /* all documents become one list */
  hcsref_slice *marks; /* null: not wanted */
  yaml_mark_t problem; /* after a failure: where */
  hcsref_error *err;
} conversion;

bool input_is_yaml(hcsref_str text) {
  size_t i = 0;
  while (i < text.len && strchr(" \t\r\n", text.data[i]) != NULL && text.data[i] != '\0')
    i++;
  return i < text.len && text.data[i] != '{' && text.data[i] != '[';
}

bool input_has_keys(hcsref_str text) {
  for (size_t i = 0; i + 1 < text.len; i++)
    if (text.data[i] == ':' && (text.data[i + 1] == ' ' || text.data[i + 1] == '\n' || text.data[i + 1] == '\r'))
      return true;
  return false;
}

/* The line at `at` without what no document consists of: blanks and comments. */
static hcsref_str line_at(hcsref_str text, size_t at, size_t *next) {
  hcsref_str line = hcsref_str_skip(text, at);
  const char *end = memchr(line.data, '\n', line.len);
  line = end == NULL ? line : hcsref_str_first(line, (size_t)(end - line.data));
  *next = at + line.len + 1;
  while (line.len > 0 && strchr(" \t\r", line.data[line.len - 1]) != NULL && line.data[line.len - 1] != '\0')
    line.len--;
  return line.len > 0 && line.data[0] == '#' ? hcsref_str_first(line, 0) : line;
}

/* Source: YAML 1.1, 9.1: --- in the first column begins a document, wherever it stands. */
bool input_yaml_goes_on(hcsref_str text) {
  size_t documents = 0;
  bool open = false; /* in a document of which nothing has been seen yet */
  if (!input_is_yaml(text))
    return false;
  for (size_t at = 0; at < text.len && documents < 2;) {
    hcsref_str line = line_at(text, at, &at);
    bool begins = hcsref_str_has_prefix(line, HCSREF_LIT("---"));
    open = open || begins || documents == 0;
    if (open && line.len > (begins ? 3u : 0u)) {
      documents++;
      open = false;
    }
  }
  return documents > 1;
}

/* Notes where what is appended next comes from. */
static bool mark(conversion *c, const yaml_node_t *node) {
  input_mark *next;
  if (c->marks == NULL)
    return true;
  next = hcsref_slice_push(c->arena, c->marks, sizeof *next);
  if (next == NULL)
    return hcsref_fail_memory(c->err);
  next->json = c->out.len;
  next->from = node->start_mark.index;
  next->to = node->end_mark.index;
  return true;
}

/* ---- scalars ---- */

typedef enum scalar_kind {
  SCALAR_STRING,
  SCALAR_NULL,
  SCALAR_TRUE,
  SCALAR_FALSE,
  SCALAR_INTEGER,
  SCALAR_FLOAT
} scalar_kind;

static bool is_one_of(hcsref_str text, const char *const *words) {
  for (; *words != NULL; words++)
    if (hcsref_str_equal(text, hcsref_cstr(*words)))
      return true;
  return false;
}

static size_t count_digits(hcsref_str text, size_t from) {
  size_t i = from;
  while (i < text.len && text.data[i] >= '0' && text.data[i] <= '9')
    i++;
  return i - from;
}

/* The value of a digit, or 99. */
static unsigned digit_value(char c) {
  if (c >= '0' && c <= '9')
    return (unsigned)(c - '0');
  if ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))
    return (unsigned)((c | 0x20) - 'a') + 10;
  return 99;
}

/* 0x, 0o, 0b, or an octal number's 0; the digits begin at `*at`. */
static unsigned base_of(hcsref_str text, size_t *at) {
  static const struct {
    const char *prefix;
    unsigned base;
  } prefixes[] = {{"0x", 16}, {"0X", 16}, {"0o", 8}, {"0O", 8}, {"0b", 2}, {"0B", 2}};
  hcsref_str digits = hcsref_str_skip(text, *at);
  for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++)
    if (hcsref_str_has_prefix(digits, hcsref_cstr(prefixes[i].prefix))) {
      *at += 2;
      return prefixes[i].base;
    }
  return digits.len > 1 && digits.data[0] == '0' ? 8 : 10;
}

/* strconv.ParseInt(text, 0, 64), else ParseUint: underscores stand between digits. */
static bool parse_integer(hcsref_str text, uint64_t *value, bool *negative) {
  size_t at = text.len != 0 && (text.data[0] == '-' || text.data[0] == '+'), digits = 0;
  unsigned base;
  *negative = text.len != 0 && text.data[0] == '-';
  *value = 0;
  base = base_of(text, &at);
  for (; at < text.len; at++) {
    unsigned digit = digit_value(text.data[at]);
    if (text.data[at] == '_')
      continue;
    if (digit >= base || *value > (UINT64_MAX - digit) / base)
      return false;
    *value = *value * base + digit;
    digits++;
  }
  return digits != 0 && !(*negative && *value > (uint64_t)INT64_MAX + 1);
}

/* goyaml's: [-+]? ( . digits | digits [. digits?] ) ( [eE] [-+]? digits )? */
static bool is_float(hcsref_str text) {
  size_t at = text.len != 0 && (text.data[0] == '-' || text.data[0] == '+');
  size_t whole = count_digits(text, at), fraction = 0;
  at += whole;
  if (at < text.len && text.data[at] == '.') {
    fraction = count_digits(text, at + 1);
    at += 1 + fraction;
  }
  if (whole == 0 && fraction == 0)
    return false;
  if (at < text.len && (text.data[at] == 'e' || text.data[at] == 'E')) {
    size_t digits;
    at++;
    at += at < text.len && (text.data[at] == '-' || text.data[at] == '+');
    digits = count_digits(text, at);
    at += digits;
    if (digits == 0)
      return false;
  }
  return at == text.len;
}

static scalar_kind kind_of(hcsref_str text) {
  static const char *const nulls[] = {"", "~", "null", "Null", "NULL", NULL};
  static const char *const yes[] = {"y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON", NULL};
  static const char *const no[] = {"n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF", NULL};
  uint64_t value;
  bool negative;
  if (is_one_of(text, nulls))
    return SCALAR_NULL;
  if (is_one_of(text, yes))
    return SCALAR_TRUE;
  if (is_one_of(text, no))
    return SCALAR_FALSE;
  if (parse_integer(text, &value, &negative))
    return SCALAR_INTEGER;
  return is_float(text) ? SCALAR_FLOAT : SCALAR_STRING;
}

static void append_integer(hcsref_buf *out, hcsref_str text) {
  uint64_t value;
  bool negative;
  (void)parse_integer(text, &value, &negative);
  if (negative && value != 0)
    hcsref_buf_append_char(out, '-');
  hcsref_buf_append_uint(out, value);
}

/* As JSON spells it: no plus sign in front, no leading zeros, digits on both sides of the point. */
static void append_float(hcsref_buf *out, hcsref_str text) {
  bool sign = text.data[0] == '-' || text.data[0] == '+';
  size_t whole;
  if (text.data[0] == '-')
    hcsref_buf_append_char(out, '-');
  text = hcsref_str_skip(text, sign);
  while (text.len > 1 && text.data[0] == '0' && count_digits(text, 1) != 0)
    text = hcsref_str_skip(text, 1);
  whole = count_digits(text, 0);
  hcsref_buf_append(out, whole == 0 ? HCSREF_LIT("0") : hcsref_str_first(text, whole));
  text = hcsref_str_skip(text, whole);
  if (text.len != 0 && text.data[0] == '.' && count_digits(text, 1) == 0)
    text = hcsref_str_skip(text, 1);
  hcsref_buf_append(out, text);
}

static void append_value(hcsref_buf *out, hcsref_str text, scalar_kind kind) {
  switch (kind) {
  case SCALAR_NULL:
    hcsref_buf_append(out, HCSREF_LIT("null"));
    break;
  case SCALAR_TRUE:
    hcsref_buf_append(out, HCSREF_LIT("true"));
    break;
  case SCALAR_FALSE:
    hcsref_buf_append(out, HCSREF_LIT("false"));
    break;
  case SCALAR_INTEGER:
    append_integer(out, text);
    break;
  case SCALAR_FLOAT:
    append_float(out, text);
    break;
  case SCALAR_STRING:
  default:
    hcsref_json_append_string(out, text);
    break;
  }
}

static hcsref_str scalar_text(const yaml_node_t *node) {
  return hcsref_str_from((const char *)node->data.scalar.value, node->data.scalar.length);
}

static void append_scalar(conversion *c, const yaml_node_t *node, bool as_string) {
  hcsref_str text = scalar_text(node);
  scalar_kind kind = node->data.scalar.style == YAML_PLAIN_SCALAR_STYLE ? kind_of(text) : SCALAR_STRING;
  bool quoted = as_string && kind != SCALAR_NULL && kind != SCALAR_STRING;
  if (quoted)
    hcsref_buf_append_char(&c->out, '"');
  append_value(&c->out, text, kind);
  if (quoted)
    hcsref_buf_append_char(&c->out, '"');
}

/* ---- collections ---- */

static const hcsref_type *pointed_at(const hcsref_type *type) {
  while (type != NULL && type->kind == HCSREF_POINTER)
    type = type->elem;
  return type;
}

static const hcsref_type *member_type(const hcsref_type *type, hcsref_str key) {
  const hcsref_field *field;
  if (type == NULL || type->kind == HCSREF_MAP)
    return type == NULL ? NULL : type->elem;
  field = type->kind == HCSREF_STRUCT ? hcsref_type_field(type, key) : NULL;
  return field == NULL ? NULL : field->type;
}

static bool append_node(conversion *c, int index, const hcsref_type *type, unsigned depth);

static bool append_sequence(conversion *c, const yaml_node_t *node, const hcsref_type *type, unsigned depth) {
  const hcsref_type *elem = type != NULL && type->kind == HCSREF_SLICE ? type->elem : NULL;
  hcsref_buf_append_char(&c->out, '[');
  for (const yaml_node_item_t *item = node->data.sequence.items.start; item < node->data.sequence.items.top; item++) {
    if (item != node->data.sequence.items.start)
      hcsref_buf_append_char(&c->out, ',');
    if (!append_node(c, *item, elem, depth))
      return false;
  }
  hcsref_buf_append_char(&c->out, ']');
  return true;
}

static bool fail_at(conversion *c, const yaml_node_t *node, const char *code, const char *what) {
  c->problem = node->start_mark;
  return hcsref_fail(c->arena, c->err, code, hcsref_cstr(NULL), "%s", what);
}

static bool is_merge(const yaml_node_t *key) {
  return key->data.scalar.style == YAML_PLAIN_SCALAR_STYLE && hcsref_str_equal(scalar_text(key), HCSREF_LIT("<<"));
}

static bool append_pairs(conversion *c, const yaml_node_t *node, const hcsref_type *type, bool *first, unsigned depth);

/* What "<<" brings stands in front of the other members, so that those count. */
static bool append_merged(conversion *c, const yaml_node_t *node, const hcsref_type *type, bool *first,
                          unsigned depth) {
  for (const yaml_node_pair_t *pair = node->data.mapping.pairs.start; pair < node->data.mapping.pairs.top; pair++) {
    const yaml_node_t *key = yaml_document_get_node(c->document, pair->key);
    const yaml_node_t *value = yaml_document_get_node(c->document, pair->value);
    if (key->type == YAML_SCALAR_NODE && is_merge(key) && value->type == YAML_MAPPING_NODE &&
        !append_pairs(c, value, type, first, depth + 1))
      return false;
  }
  return true;
}

static bool append_pairs(conversion *c, const yaml_node_t *node, const hcsref_type *type, bool *first, unsigned depth) {
  if (depth > INPUT_YAML_MAX_DEPTH)
    return fail_at(c, node, "yaml-depth", "nested too deeply");
  if (++c->mappings > c->most)
    return fail_at(c, node, "yaml-size", "aliases expand to too much");
  if (!append_merged(c, node, type, first, depth))
    return false;
  for (const yaml_node_pair_t *pair = node->data.mapping.pairs.start; pair < node->data.mapping.pairs.top; pair++) {
    const yaml_node_t *key = yaml_document_get_node(c->document, pair->key);
    if (key->type != YAML_SCALAR_NODE)
      return fail_at(c, key, "yaml-syntax", "a key must be a single value");
    if (is_merge(key))
      continue;
    if (!*first)
      hcsref_buf_append_char(&c->out, ',');
    *first = false;
    if (!mark(c, key))
      return false;
    hcsref_json_append_string(&c->out, scalar_text(key));
    hcsref_buf_append_char(&c->out, ':');
    if (!append_node(c, pair->value, member_type(type, scalar_text(key)), depth))
      return false;
  }
  return true;
}

static bool append_mapping(conversion *c, const yaml_node_t *node, const hcsref_type *type, unsigned depth) {
  bool first = true;
  hcsref_buf_append_char(&c->out, '{');
  if (!append_pairs(c, node, type, &first, depth))
    return false;
  hcsref_buf_append_char(&c->out, '}');
  return true;
}

/* Aliases share a node, so what they make grows and may even lead back to itself: depth and size are bounded. */
static bool append_node(conversion *c, int index, const hcsref_type *type, unsigned depth) {
  const yaml_node_t *node = yaml_document_get_node(c->document, index);
  type = pointed_at(type);
  if (depth > INPUT_YAML_MAX_DEPTH)
    return fail_at(c, node, "yaml-depth", "nested too deeply");
  if (c->out.len > c->most)
    return fail_at(c, node, "yaml-size", "aliases expand to too much");
  if (!mark(c, node))
    return false;
  if (node->type == YAML_SEQUENCE_NODE)
    return append_sequence(c, node, type, depth + 1);
  if (node->type == YAML_MAPPING_NODE)
    return append_mapping(c, node, type, depth + 1);
  append_scalar(c, node, type != NULL && type->kind == HCSREF_STRING);
  return true;
}

/* ---- the whole ---- */

static bool fail_parser(conversion *c, const yaml_parser_t *parser) {
  if (parser->error == YAML_MEMORY_ERROR)
    return hcsref_fail_memory(c->err);
  c->problem = parser->problem_mark;
  return hcsref_fail(c->arena, c->err, "yaml-syntax", hcsref_cstr(NULL), "%s",
                     parser->problem == NULL ? "no YAML" : parser->problem);
}

static bool has_key(yaml_document_t *document, const char *key) {
  const yaml_node_t *root = yaml_document_get_root_node(document);
  if (root->type != YAML_MAPPING_NODE)
    return false;
  for (const yaml_node_pair_t *pair = root->data.mapping.pairs.start; pair < root->data.mapping.pairs.top; pair++) {
    const yaml_node_t *name = yaml_document_get_node(document, pair->key);
    if (name->type == YAML_SCALAR_NODE && hcsref_str_equal(scalar_text(name), hcsref_cstr(key)))
      return true;
  }
  return false;
}

/* One document: all of what is read, or an item of a list. */
static bool convert_document(conversion *c, yaml_document_t *document, const hcsref_type *type) {
  bool ok;
  c->document = document;
  c->kubernetes = has_key(document, "apiVersion") && has_key(document, "kind");
  if (c->count > 1)
    hcsref_buf_append_char(&c->out, ',');
  ok = append_node(c, 1, type, 0);
  c->document = NULL;
  return ok;
}

/* The first document is whatever it is; behind it, an empty one counts for nothing. */
static bool counts(const conversion *c, yaml_document_t *document) {
  const yaml_node_t *root = yaml_document_get_root_node(document);
  return root != NULL && (c->count == 0 || root->type == YAML_MAPPING_NODE);
}

/* Reads documents to the end, but converts the first alone unless a list is made of them. */
static bool convert(conversion *c, yaml_parser_t *parser, const hcsref_type *type) {
  bool ok = true, more = true;
  while (ok && more) {
    yaml_document_t document;
    if (!yaml_parser_load(parser, &document))
      return (c->count > 0 && !c->listed) || fail_parser(c, parser);
    more = yaml_document_get_root_node(&document) != NULL;
    if (counts(c, &document)) {
      c->count++;
      ok = (c->count > 1 && !c->listed) || convert_document(c, &document, type);
      more = c->count < (c->listed ? INPUT_YAML_MOST_DOCUMENTS : 2);
    }
    yaml_document_delete(&document);
  }
  if (c->count == 0)
    hcsref_buf_append(&c->out, HCSREF_LIT("null"));
  return ok;
}

/* One pass over the text. */
static bool pass(conversion *c, hcsref_str text, const hcsref_type *type) {
  yaml_parser_t parser;
  bool ok;
  if (!yaml_parser_initialize(&parser))
    return hcsref_fail_memory(c->err);
  yaml_parser_set_input_string(&parser, (const unsigned char *)text.data, text.len);
  yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
  ok = convert(c, &parser, type);
  yaml_parser_delete(&parser);
  return ok;
}

/* Several objects of Kubernetes in one file are what its own List is. */
static bool list_all(conversion *c, hcsref_str text, const hcsref_type *type) {
  c->listed = true;
  c->count = 0;
  c->out.len = 0;
  if (c->marks != NULL)
    c->marks->len = 0;
  hcsref_buf_append(&c->out, HCSREF_LIT("{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":["));
  if (!pass(c, text, type))
    return false;
  hcsref_buf_append(&c->out, HCSREF_LIT("]}"));
  return true;
}

static bool run(conversion *c, hcsref_str text, const hcsref_type *type, hcsref_str *out) {
  c->most = text.len > (SIZE_MAX - FREE_GROWTH) / INPUT_YAML_MAX_GROWTH
                ? SIZE_MAX
                : text.len * INPUT_YAML_MAX_GROWTH + FREE_GROWTH;
  if (!pass(c, text, type) || (c->count > 1 && c->kubernetes && !list_all(c, text, type)))
    return false;
  if (c->out.failed)
    return hcsref_fail_memory(c->err);
  *out = hcsref_buf_str(&c->out);
  return true;
}

bool input_yaml_to_marked_json(hcsref_arena *arena, hcsref_str text, const hcsref_type *type, hcsref_str *out,
                               hcsref_slice *marks, uint64_t *problem, hcsref_error *err) {
  conversion c = {.arena = arena, .out = {.arena = arena}, .err = err, .marks = marks};
  bool ok = run(&c, text, type, out);
  *problem = c.problem.index;
  return ok;
}

bool input_yaml_to_json(hcsref_arena *arena, hcsref_str text, const hcsref_type *type, hcsref_str *out,
                        hcsref_error *err) {
  hcsref_error why = {0};
  conversion c = {.arena = arena, .out = {.arena = arena}, .err = &why};
  if (run(&c, text, type, out))
    return true;
  if (strcmp(why.code, "out-of-memory") == 0)
    return hcsref_fail_memory(err);
  return hcsref_fail(arena, err, why.code, hcsref_cstr(NULL), "line %u, column %u: %v", (uint64_t)c.problem.line + 1,
                     (uint64_t)c.problem.column + 1, why.message);
}

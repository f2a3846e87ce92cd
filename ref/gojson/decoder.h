/* SPDX-License-Identifier: Apache-2.0 */
/* The state of one decoding, shared by its parts. */
#ifndef HCSREF_GOJSON_DECODER_H
#define HCSREF_GOJSON_DECODER_H

#include "gojson/scan.h"

#include "hcsref/json.h"

/* What an open container fills. */
typedef enum frame_kind {
  FRAME_STRUCT,
  FRAME_MAP,
  FRAME_ANY_OBJECT,
  FRAME_SLICE,
  FRAME_ARRAY,
  FRAME_BYTES,
  FRAME_ANY_ARRAY
} frame_kind;

typedef struct frame {
  frame_kind kind;
  bool fresh;                /* nothing in it has been read yet */
  bool bad_key;              /* MAP: the present key is no integer */
  const hcsref_type *type;   /* of the container */
  void *target;              /* its C shape */
  const hcsref_field *field; /* STRUCT: the last one that was set; the next is looked for behind it */
  size_t index;              /* elements so far */
  hcsref_str key;            /* MAP, ANY_OBJECT: the present key; BYTES: what was there */
} frame;

typedef struct decoder {
  const char *p;     /* cursor in a copy of the text that ends in zero bytes */
  const char *start; /* of that copy */
  const char *end;   /* of the text in it */
  char *pool;        /* where unescaped strings go; null until the first */
  hcsref_arena *arena;
  const hcsref_rules *rules;        /* never null */
  const hcsref_json_around *around; /* null: nothing */
  frame *frames;
  size_t depth, frame_cap;
  hcsref_error *err;  /* where a failure other than bad syntax is written */
  hcsref_error first; /* the first type or value error, once has_error is set */
  bool has_error;
  bool out_of_memory;
} decoder;

/* Reads the string whose opening quote is at the cursor, and of which the bytes up to `p` are ordinary. Its data is
 * null on bad syntax or out of memory. It comes by value, in registers: memory that was just written by halves would be
 * waited for when it is read as a whole. */
hcsref_str hcsref_read_string_on(decoder *d, const char *p);

/* Reads the string whose opening quote is at the cursor. False: bad syntax or out of memory. */
static inline bool hcsref_read_string(decoder *d, hcsref_str *out) {
  const char *begin = d->p + 1;
  const char *p = begin + hcsref_plain_run(begin);
  hcsref_str s = hcsref_str_from(begin, (size_t)(p - begin));
  if (*p == '"')
    d->p = p + 1;
  else
    s = hcsref_read_string_on(d, p);
  if (s.data == NULL)
    return false;
  *out = s;
  return true;
}

/* Appends at *out what the escape at *p, behind its backslash, stands for. False: bad syntax. */
bool hcsref_unescape(const char **p, char **out);
/* Copies the rune at *p, which is not ASCII; false when it is bad UTF-8. */
bool hcsref_copy_rune(const decoder *d, const char **p, char **to);
/* Reads a string with bad UTF-8, from behind its opening quote. Null data as for hcsref_read_string_on. */
hcsref_str hcsref_read_bad_string(decoder *d, const char *begin);

/* Remembers that memory was refused; returns false. */
static inline bool hcsref_decoder_starves(decoder *d) {
  d->out_of_memory = true;
  return false;
}

/* Room for one frame more, which there is none for. False: out of memory, or too deep, which is bad syntax. */
bool hcsref_grow_frames(decoder *d);

/* Opens a container. False as for hcsref_grow_frames. */
static inline bool hcsref_push_frame(decoder *d, frame_kind kind, const hcsref_type *type, void *target) {
  frame *f;
  if (d->depth == d->frame_cap && !hcsref_grow_frames(d))
    return false;
  f = &d->frames[d->depth++];
  f->kind = kind;
  f->fresh = true;
  f->bad_key = false;
  f->type = type;
  f->target = target;
  f->field = NULL;
  f->index = 0;
  f->key = hcsref_str_from(NULL, 0);
  return true;
}

/* What a slice or text of no bytes points to that is not nil; nothing is ever read or written through it. */
char *hcsref_no_bytes(void);

/* Reads a scalar, or opens a container and leaves what is in it to the walk. The cursor is at the value's first byte.
 * False: bad syntax, out of memory, or the value stops the decoding. */
bool hcsref_begin_value(decoder *d, const hcsref_type *type, void *target);

/* Skips one value of any kind. False: bad syntax. */
bool hcsref_skip_value(decoder *d);
/* Reads a number's text; the cursor must be at '-' or a digit. False: bad syntax. */
bool hcsref_read_number(decoder *d, hcsref_str *out);

/* Remember "cannot unmarshal WORD into …", unless there was an error before. `literal`: the number's text or
 * empty. */
bool hcsref_type_error(decoder *d, const char *word, hcsref_str literal, const hcsref_type *type);
/* Remember another message of a value, unless there was an error before. */
bool hcsref_value_error(decoder *d, hcsref_str message);
/* The same, but the decoding ends with it, whatever there was before, as when a Go type's own Unmarshal… method
 * fails. Returns false. */
bool hcsref_stop(decoder *d, hcsref_str message);

/* Hands the text of a member of the outermost struct to the method around it. False: the decoding ends. */
bool hcsref_read_by_method(decoder *d, hcsref_str text);

/* Sets a scalar from a string's contents or a number's text; kinds that do not fit are type errors. False: out
 * of memory, or the value stops the decoding as an UnmarshalText does. */
bool hcsref_set_string(decoder *d, const hcsref_type *type, void *target, hcsref_str s);
bool hcsref_set_number(decoder *d, const hcsref_type *type, void *target, hcsref_str literal);

#endif

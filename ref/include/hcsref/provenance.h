/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * Which place of the input and which rule made a field of a document. The steps note it as they go, by the field's
 * address, when they are given a place to note it in; null costs nothing.
 */
#ifndef HCSREF_PROVENANCE_H
#define HCSREF_PROVENANCE_H

#include "hcsref/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Notes on the documents of one call, which live in the arena of hcsref_provenance_new. */
typedef struct hcsref_provenance hcsref_provenance;

/** Where a field comes from. */
typedef struct hcsref_origin {
  const void *field; /**< inside the document */
  size_t size;       /**< of what was noted: the field, or a struct with all of its fields */
  /** A JSON pointer into the spec; "host FACT", what the host was asked; "option NAME", of the call; empty: a constant
   */
  hcsref_str where;
  const char *rule; /**< upstream's function, and what it does */
} hcsref_origin;

/** Null: out of memory. */
HCSREF_API hcsref_provenance *hcsref_provenance_new(hcsref_arena *arena);
/** Notes `size` bytes at `field`; the place is of hcsref_format's format. A later note of the same bytes counts.
 * Without memory for one the notes are not whole (hcsref_provenance_whole), and nothing else happens. */
HCSREF_API void hcsref_provenance_note(hcsref_provenance *notes, const void *field, size_t size, const char *rule,
                                       const char *format, ...);
/** The last note that covers all `size` bytes of `field`; null: there is none. The first question after a note puts all
 * notes in order, so that one takes time with their logarithm; without memory for that, with their number. */
HCSREF_API const hcsref_origin *hcsref_provenance_find(hcsref_provenance *notes, const void *field, size_t size);
/** Was there memory for every note? */
HCSREF_API bool hcsref_provenance_whole(const hcsref_provenance *notes);

#ifdef __cplusplus
}
#endif

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * What the fuzz targets share: memory that is reused from input to input, ways to take an input apart, and the word
 * that a property is broken. A target is a file targets/NAME.c with LLVMFuzzerTestOneInput; it checks properties, so
 * that a wrong answer is found and not only a crash. A target is deterministic and keeps no state between inputs.
 */
#ifndef FUZZ_SUPPORT_H
#define FUZZ_SUPPORT_H

#include "hcsref/hcsref.h"

/** Every target's entry; always returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/** Aborts with a message when a property does not hold. `format` as of hcsref_format. */
#define REQUIRE(condition, ...) ((condition) ? (void)0 : fuzz_broken(__FILE__, __LINE__, #condition, __VA_ARGS__))
/** Two texts that must be the same. */
#define REQUIRE_SAME(a, b, what) fuzz_same(__FILE__, __LINE__, (a), (b), (what))

#if defined(__GNUC__)
__attribute__((noreturn))
#endif
void fuzz_broken(const char *file, int line, const char *condition, const char *format, ...);
void fuzz_same(const char *file, int line, hcsref_str a, hcsref_str b, const char *what);

/** An empty arena. Those of different `which` have different allocators: FUZZ_USUAL keeps its memory from input to
 * input, with what was in it; FUZZ_FRESH gets memory filled with rubbish each time. The same work done in both must
 * give the same bytes: what was not set shows. */
enum { FUZZ_USUAL, FUZZ_FRESH, FUZZ_SCRATCH, FUZZ_LEAN, FUZZ_ARENAS };
hcsref_arena *fuzz_arena(int which);

/** Work that runs out of memory must say so, and change nothing that it promises not to change; that it does is tried
 * with one input in four. FUZZ_LEAN is an arena like the others until fuzz_tighten, which leaves it from no to 64 kB,
 * chosen by the input's bytes; fuzz_loosen gives it room again. Both do nothing to other arenas. */
bool fuzz_is_lean(hcsref_str input);
void fuzz_tighten(hcsref_arena *arena, hcsref_str input);
void fuzz_loosen(hcsref_arena *arena);
/** Does `work` again in FUZZ_LEAN, if the input is one of those: it must come to `usual` or to "out of memory". */
void fuzz_lean_too(hcsref_str (*work)(int which, hcsref_str text), hcsref_str input, hcsref_str usual);

/** The profile of a name that stands in a target. It is looked up for the first input that asks for it, and kept: every
 * input would look up the same. It is found by the address of `name`, which has to stay. */
const hcsref_profile *fuzz_profile(const char *name);

/** The input as a string. */
hcsref_str fuzz_text(const uint8_t *data, size_t size);
/** Cuts off the first line of `*rest`, without its line feed. */
hcsref_str fuzz_line(hcsref_str *rest);
/** Cuts off the first byte; 0 when there is none. */
uint8_t fuzz_byte(hcsref_str *rest);
/** All lines, at most `max`; returns how many. */
size_t fuzz_lines(hcsref_str text, hcsref_str *lines, size_t max);
/** How many bytes of `s` are `c`. */
size_t fuzz_count(hcsref_str s, char c);

/** The encoding of a value; a failure that is not an error of the value itself breaks a property. Null data: the value
 * cannot be encoded. */
hcsref_str fuzz_encode(hcsref_arena *arena, const hcsref_type *type, const void *value);

/** Checks the codec with one text and one table, and leaves the decoded value in `arena` (null: not accepted):
 * acceptance agrees with hcsref_json_valid, what fails leaves the value untouched, what is written is JSON that decodes
 * to what was written, and memory does not show. */
void *fuzz_check_codec(hcsref_arena *arena, hcsref_str text, const hcsref_type *type, hcsref_json_mode mode);

/** An error must say what it is. */
void fuzz_check_error(const hcsref_error *err);

#endif

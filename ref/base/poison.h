/* SPDX-License-Identifier: Apache-2.0 */
/* Tells the address sanitizer which bytes of an arena's blocks are in use, as it cannot see that by itself; nothing in
 * other builds. */
#ifndef HCSREF_BASE_POISON_H
#define HCSREF_BASE_POISON_H

#if defined(__SANITIZE_ADDRESS__)
#define HCSREF_POISON 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HCSREF_POISON 1
#endif
#endif

#if defined(HCSREF_POISON) && !defined(_MSC_VER)
#include <sanitizer/asan_interface.h>
#define hcsref_poison(data, size)   ASAN_POISON_MEMORY_REGION(data, size)
#define hcsref_unpoison(data, size) ASAN_UNPOISON_MEMORY_REGION(data, size)
#else
#define hcsref_poison(data, size)   ((void)(data), (void)(size))
#define hcsref_unpoison(data, size) ((void)(data), (void)(size))
#endif

/* Bytes behind each allocation that nobody may touch, in a build for a fuzzer. */
#if defined(HCSREF_POISON) && defined(FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION)
#define HCSREF_REDZONE ((size_t)16)
#else
#define HCSREF_REDZONE ((size_t)0)
#endif

#endif

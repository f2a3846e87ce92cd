/* SPDX-License-Identifier: Apache-2.0 */
#include "hcsref/profile.h"

#define RECORDED true
#define COMPUTED false
#define HCSREF_RELEASE(name, counts_as, shim, runtime_spec, go, recorded)                                              \
  {name, counts_as, shim, runtime_spec, go, recorded},

static const hcsref_release containerd[] = {
#include "release/releases_containerd.def"
};
static const hcsref_release hcsshim[] = {
#include "release/releases_hcsshim.def"
};
static const hcsref_release moby[] = {
#include "release/releases_moby.def"
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

const hcsref_release *hcsref_releases(hcsref_program program, size_t *count) {
  static const struct {
    const hcsref_release *items;
    size_t count;
  } tables[HCSREF_PROGRAM_COUNT] = {
      {containerd, COUNT(containerd)}, {hcsshim, COUNT(hcsshim)}, {moby, COUNT(moby)}, {NULL, 0}};
  *count = tables[program].count;
  return tables[program].items;
}

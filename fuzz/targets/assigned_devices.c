/* SPDX-License-Identifier: Apache-2.0 */
/* Assigned devices: the params of a case "assigned-devices". */
#include "params.h"

#include <string.h>

static void check_device(const hcsref_oci_windows_device *in, const hcsref_v2_device *out) {
  bool location = hcsref_str_equal(in->id_type, HCSREF_LIT("vpci-location-path"));
  REQUIRE(location || hcsref_str_equal(in->id_type, HCSREF_LIT("class")) ||
              hcsref_str_equal(in->id_type, HCSREF_LIT("vpci-class-guid")),
          "a device of type %q", in->id_type);
  REQUIRE_SAME(location ? out->location_path : out->interface_class_guid, in->id, "the id is where its type says");
  REQUIRE((location ? out->interface_class_guid : out->location_path).len == 0, "and nowhere else");
  REQUIRE_SAME(out->type, location ? HCSREF_LIT("DeviceInstance") : HCSREF_LIT(""), "only a location has a type");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const devices_params *in = params_read(fuzz_arena(FUZZ_USUAL), fuzz_text(data, size), &params_devices);
  hcsref_slice out = {NULL, 7, 7};
  hcsref_error err = {0};
  if (in == NULL)
    return 0;
  if (fuzz_is_lean(fuzz_text(data, size))) {
    hcsref_arena *lean = fuzz_arena(FUZZ_LEAN);
    fuzz_tighten(lean, fuzz_text(data, size));
    if (!hcsref_assigned_devices(lean, &in->devices, &out, &err))
      REQUIRE(out.items == NULL && out.len == 7, "a failure leaves the devices untouched");
    out.items = NULL;
    out.len = 7;
  }
  if (!hcsref_assigned_devices(fuzz_arena(FUZZ_FRESH), &in->devices, &out, &err)) {
    fuzz_check_error(&err);
    REQUIRE(out.items == NULL && out.len == 7, "a failure leaves the devices untouched");
    REQUIRE(strcmp(err.code, "device-type") == 0, "%s", err.code);
    return 0;
  }
  REQUIRE(out.items != NULL && out.len == in->devices.len, "every device is there");
  for (size_t i = 0; i < out.len; i++)
    check_device((const hcsref_oci_windows_device *)in->devices.items + i, (const hcsref_v2_device *)out.items + i);
  return 0;
}

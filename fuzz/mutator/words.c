/* SPDX-License-Identifier: Apache-2.0 */
#include "mutator/words.h"

#include <string.h>

/* Source of the keys: hcsshim pkg/annotations/annotations.go. */
static const char *const annotation_keys[] = {
    "io.microsoft.container.processor.count",
    "io.microsoft.container.processor.limit",
    "io.microsoft.container.processor.weight",
    "io.microsoft.container.memory.sizeinmb",
    "io.microsoft.container.storage.qos.bandwidthmaximum",
    "io.microsoft.container.storage.qos.iopsmaximum",
    "io.microsoft.container.processdumplocation",
    "io.microsoft.wcow.processdumptype",
    "io.microsoft.wcow.processdumpcount",
    "io.microsoft.container.wcow.deviceextensions",
    "io.microsoft.container.wcow.gmsa.disable",
};
static const char *const values[] = {
    "true",
    "false",
    "TRUE",
    "False",
    "mini",
    "full",
    "ro",
    "rw",
    "RO",
    "bind",
    "physical-disk",
    "virtual-disk",
    "extensible-virtual-disk",
    "class",
    "vpci-class-guid",
    "vpci-location-path",
    "vpci-instance-id",
    "gpu-mirror",
    "v1",
    "v2",
    "windows",
    "linux",
    "ok",
    "not_exist",
    "c1",
    "{container_id}",
    "C:\\dumps\\{CONTAINER_ID}",
    "containerd-shim-runhcs-v1.exe",
    "\\ud800",
    "\x01\x1f",
    "\xff\xc0",
    "<&>\xe2\x80\xa8",
    "C:\\e.json,C:\\f.json",
    "{}",
    "{\"device_category\":{\"name\":\"n\"}}",
};
static const char *const paths[] = {
    "C:\\",
    "C:",
    "C:\\layers\\1",
    "C:\\layers\\2",
    "C:\\scratch",
    "C:\\a\\..\\b",
    "c:/a/b",
    "\\",
    "/",
    "..",
    ".",
    "",
    "\\\\?\\Volume{11111111-2222-3333-4444-555555555555}\\",
    "\\\\?\\Volume{11111111-2222-3333-4444-555555555555}",
    "\\\\server\\share\\x",
    "\\\\.\\PhysicalDrive0",
    "\\\\?\\C:\\x",
    "sandbox:///a",
    "sandbox://..\\a",
    "NUL",
    "a\\..\\c:b",
    "C:\\e.json",
    "C:\\f.json",
    "PCIROOT(0)#PCI(0300)\\1",
    "C:\\UtilityVM",
    "C:\\SandboxMounts",
};
static const char *const pieces[] = {"\\",      "/", "..\\", ".\\",  "C:",   "\\\\", "\\\\?\\",
                                     "\\\\.\\", "a", ":",    "x\\y", "\\..", "}",    "{"};
static const char *const pipes[] = {
    "\\\\.\\pipe\\", "\\\\.\\pipe\\docker_engine", "\\\\.\\pipe\\a\\b", "//./pipe/x", "\\\\.\\PIPE\\x", "\\\\.\\pipe"};
static const char *const guids[] = {"11111111-2222-3333-4444-555555555555", "AAAAAAAA-bbbb-cccc-dddd-eeeeeeeeeeee",
                                    "{11111111-2222-3333-4444-555555555555}", "00000000-0000-0000-0000-000000000000",
                                    "11111111222233334444555555555555"};
static const char *const numbers[] = {"0",
                                      "1",
                                      "2",
                                      "4",
                                      "8",
                                      "10",
                                      "100",
                                      "1000",
                                      "9999",
                                      "10000",
                                      "10001",
                                      "65535",
                                      "65536",
                                      "14393",
                                      "16299",
                                      "17763",
                                      "20348",
                                      "1048575",
                                      "1048576",
                                      "2147483647",
                                      "2147483648",
                                      "4294967295",
                                      "4294967296",
                                      "9223372036854775807",
                                      "9223372036854775808",
                                      "18446744073709551615",
                                      "18446744073709551616",
                                      "-1",
                                      "-2147483648",
                                      "-2147483649",
                                      "-9223372036854775808",
                                      "0.5",
                                      "1e3",
                                      "1e400",
                                      "-0",
                                      "+1",
                                      "007",
                                      "1.7976931348623157e308"};
static const char *const times[] = {"2026-01-31T23:59:59Z", "2026-01-31T23:59:59.123456789+02:00",
                                    "0001-01-01T00:00:00Z", "2024-02-29T24:00:00Z",
                                    "9999-12-31T23:59:59.999999999-23:59"};

#define LIST(items)                                                                                                    \
  { items, sizeof(items) / sizeof((items)[0]) }

static const struct {
  const char *const *items;
  size_t count;
} lists[WORDS_LISTS] = {LIST(annotation_keys), LIST(values), LIST(paths),   LIST(pieces),
                        LIST(pipes),           LIST(guids),  LIST(numbers), LIST(times)};

const char *const *words_of(word_list list, size_t *count) {
  *count = lists[list].count;
  return lists[list].items;
}

/* By the end of the key, in lower case. */
static const struct {
  const char *end;
  word_list list;
} by_key[] = {
    {"path", WORDS_PATH},
    {"source", WORDS_PATH},
    {"destination", WORDS_PATH},
    {"folders", WORDS_PATH},
    {"folder", WORDS_PATH},
    {"location", WORDS_PATH},
    {"resolve", WORDS_PATH},
    {"vsmb", WORDS_PATH},
    {"files", WORDS_PATH},
    {"paths", WORDS_PATH},
    {"guid", WORDS_GUID},
    {"namespace", WORDS_GUID},
    {"annotations", WORDS_ANNOTATION},
    {"type", WORDS_VALUE},
    {"options", WORDS_VALUE},
    {"os", WORDS_VALUE},
    {"layer_ids", WORDS_PATH},
    {"stat", WORDS_VALUE},
    {"timestamp", WORDS_TIME},
};

static int is_end(const char *key, size_t len, const char *end) {
  size_t n = strlen(end);
  if (n > len)
    return 0;
  for (size_t i = 0; i < n; i++) {
    char c = key[len - n + i];
    if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != end[i])
      return 0;
  }
  return 1;
}

int words_for_key(const char *key, size_t len) {
  for (size_t i = 0; i < sizeof(by_key) / sizeof(by_key[0]); i++)
    if (is_end(key, len, by_key[i].end))
      return (int)by_key[i].list;
  return -1;
}

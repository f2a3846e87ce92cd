#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A minimal one-shot testee, with jq: run once a case. The params are on standard input; the payload goes to standard
# output; an error is a status other than 0 with its text on standard error; status 77 is "unsupported".
#
#     hcsproof run --one-shot './one-shot.sh {op}' --op is-named-pipe --op dump-type
case $1 in
is-named-pipe)
  exec jq -c '{is_pipe: (.path | startswith("\\\\.\\pipe\\"))}'
  ;;
dump-type)
  case $(jq -r '.annotations["io.microsoft.wcow.processdumptype"] // ""') in
  '' | full) echo '{"type":2}' ;;
  mini) echo '{"type":1}' ;;
  *)
    echo 'unknown dump type specified, valid values are "mini" or "full"' >&2
    exit 1
    ;;
  esac
  ;;
*)
  echo "no $1" >&2
  exit 77
  ;;
esac

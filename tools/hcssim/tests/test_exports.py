#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""test_exports.py DLLS OBJDUMP NM: the simulator's DLLs export every name of the real ones, and each leads somewhere.

The names of vmcompute.dll are those that hcsshim (internal/vmcompute, internal/wclayer, internal/hns) calls; those of the
others are in mingw-w64's import libraries. What is not in those but in Microsoft's documentation is listed as newer."""
import os
import re
import subprocess
import sys
import unittest

DLLS, OBJDUMP, NM = sys.argv[1:4]

VMCOMPUTE = """
HcsEnumerateComputeSystems HcsCreateComputeSystem HcsOpenComputeSystem HcsCloseComputeSystem HcsStartComputeSystem
HcsShutdownComputeSystem HcsTerminateComputeSystem HcsPauseComputeSystem HcsResumeComputeSystem HcsSaveComputeSystem
HcsGetComputeSystemProperties HcsModifyComputeSystem HcsRegisterComputeSystemCallback HcsUnregisterComputeSystemCallback
HcsModifyServiceSettings HcsGetServiceProperties HcsCreateProcess HcsOpenProcess HcsCloseProcess HcsTerminateProcess
HcsSignalProcess HcsGetProcessInfo HcsGetProcessProperties HcsModifyProcess HcsRegisterProcessCallback
HcsUnregisterProcessCallback ActivateLayer DeactivateLayer PrepareLayer UnprepareLayer GetLayerMountPath
CreateSandboxLayer CreateLayer CopyLayer DestroyLayer ExpandSandboxSize ExportLayer ImportLayer LayerExists NameToGuid
GetBaseImages ProcessBaseImage ProcessUtilityImage GrantVmAccess HNSCall
""".split()
NEWER = {"computecore": ["HcsAddResourceToOperation", "HcsCreateOperationWithNotifications", "HcsGetOperationProperties"],
         "computestorage": ["HcsAttachOverlayFilter", "HcsDetachOverlayFilter"],
         "computenetwork": []}


def output(*line):
    return subprocess.run(line, check=True, capture_output=True, text=True, timeout=60).stdout


def exports(name):
    """{name: where it is forwarded to, or None}"""
    text = output(OBJDUMP, "-p", os.path.join(DLLS, name + ".dll"))
    targets = dict(re.findall(r"^\s*\[\s*(\d+)\] \+base\[ *\d+\] [0-9a-f]+ Forwarder RVA -- (\S+)$", text, re.M))
    table = text[text.index("[Ordinal/Name Pointer] Table"):]
    return {symbol: targets.get(number) for number, symbol in re.findall(r"^\s*\[\s*(\d+)\] (\w+)$", table, re.M)}


class Exports(unittest.TestCase):
    def leads_somewhere(self, name):
        inside = exports("hcssim")
        for symbol, target in exports(name).items():
            self.assertIsNotNone(target, symbol)
            module, function = target.split(".")
            self.assertEqual(module, "hcssim")
            self.assertIn(function, inside)

    def test_vmcompute(self):
        self.assertEqual(set(VMCOMPUTE) - set(exports("vmcompute")), set())
        self.leads_somewhere("vmcompute")

    def test_the_others(self):
        for name, newer in NEWER.items():
            library = os.path.join(os.path.dirname(output("x86_64-w64-mingw32-gcc", "-print-file-name=libkernel32.a")),
                                   "lib%s.a" % name)
            symbols = re.findall(r" T (Hc[ns]\w+)$", output(NM, library), re.M)
            self.assertGreater(len(symbols), 10)
            self.assertEqual(set(symbols + newer) - set(exports(name)), set(), name)
            self.leads_somewhere(name)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)

// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"unsafe"
)

// Layers, as wclayer makes, mounts and exports them (hcsshim cmd/wclayer, pkg/ociwclayer).

var (
	setMount    = kernel.MustFindProc("SetVolumeMountPointW")
	deleteMount = kernel.MustFindProc("DeleteVolumeMountPointW")
)

func put(path, words string) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		fail("%v", err)
	}
	if err := os.WriteFile(path, []byte(words), 0o600); err != nil {
		fail("%v", err)
	}
}

func expect(path, words string) {
	if data, err := os.ReadFile(path); err != nil || string(data) != words {
		fail("%s: %q %v", path, data, err)
	}
}

// What `wclayer export` does with any layer: a scratch, or one of an image.
func exported(vm dll, d uintptr, path, out string, list uintptr, count uintptr) {
	vm.must("ActivateLayer", d, at(path))
	vm.must("PrepareLayer", d, at(path), list, count)
	vm.must("UnprepareLayer", d, at(path))
	vm.must("ExportLayer", d, at(path), at(out), list, count)
	vm.must("DeactivateLayer", d, at(path))
	expect(filepath.Join(out, "tombstones.txt"), "\ufeffVersion 1.0\n")
}

func overLayers(vm dll, scratch string) {
	info := driver{flavour: 1, home: wide("")}
	d := ref(unsafe.Pointer(&info))
	folder := scratch + "-layers"
	base, image, out, target := folder+`\base`, folder+`\image`, folder+`\out`, folder+`\mounted`
	config := filepath.Join(base, "Files", "Windows", "System32", "config")
	for _, hive := range []string{"DEFAULT", "SAM", "SECURITY", "SOFTWARE", "SYSTEM"} {
		put(filepath.Join(config, hive), "regf")
	}
	put(filepath.Join(base, "Files", "hello.txt"), "hello")
	if err := os.MkdirAll(filepath.Join(base, "Hives"), 0o700); err != nil {
		fail("%v", err)
	}
	vm.must("ProcessBaseImage", at(`\\?\`+base))
	volume, id, release := mount(vm, base, scratch)
	expect(volume+`\hello.txt`, "hello")
	put(volume+`\new.txt`, "new")
	if err := os.Mkdir(target, 0o700); err != nil {
		fail("%v", err)
	}
	if ok, _, err := setMount.Call(at(target+`\`), at(volume+`\`)); ok == 0 {
		fail("SetVolumeMountPoint: %v", err)
	}
	expect(target+`\new.txt`, "new")
	if ok, _, err := deleteMount.Call(at(target + `\`)); ok == 0 {
		fail("DeleteVolumeMountPoint: %v", err)
	}
	parents := []layer{{id: id, path: wide(base)}}
	list := ref(unsafe.Pointer(&parents[0]))
	vm.must("UnprepareLayer", d, at(scratch))
	vm.must("DeactivateLayer", d, at(scratch))
	exported(vm, d, scratch, out, list, 1)
	vm.must("ImportLayer", d, at(`\\?\`+image), at(out), list, 1)
	expect(image+`\Files\new.txt`, "new")
	exported(vm, d, image, out+"2", list, 1)
	vm.must("ActivateLayer", d, at(base))
	vm.must("PrepareLayer", d, at(base), 0, 0)
	vm.must("UnprepareLayer", d, at(base))
	vm.must("DeactivateLayer", d, at(base))
	vm.must("ActivateLayer", d, at(scratch))
	vm.must("PrepareLayer", d, at(scratch), list, 1)
	release()
	vm.must("DestroyLayer", d, at(image))
	vm.must("DestroyLayer", d, at(base))
	if err := os.RemoveAll(folder); err != nil {
		fail("%v", err)
	}
	fmt.Println("ok layers")
}

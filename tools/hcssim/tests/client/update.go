// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"os"
	"strconv"
	"unsafe"
)

// A container that is changed while it runs (the shim's Exec, Kill, Stats and Update).

func overUpdate(core, vm, net dll, base, scratch string) {
	var system, first, second, again, opened uintptr
	var info, other processInfo
	volume, id, release := mount(vm, base, scratch)
	network, forget := namespace(vm, net)
	operate := operations(core)
	change := func(path, kind, settings string) {
		operate("HcsModifyComputeSystem "+path, nil, func(o uintptr) uint32 {
			return core.call("HcsModifyComputeSystem", system, o, at(`{"ResourcePath":"`+path+`","RequestType":"`+kind+
				`","Settings":`+settings+`}`), 0)
		})
	}
	operate("HcsCreateComputeSystem", nil, func(o uintptr) uint32 {
		return core.call("HcsCreateComputeSystem", at("go-update"), at(document(volume, base, network, id)), o, 0, ref(unsafe.Pointer(&system)))
	})
	core.must("HcsSetComputeSystemCallback", system, 4, 1, eventCallback())
	operate("HcsStartComputeSystem", nil, func(o uintptr) uint32 { return core.call("HcsStartComputeSystem", system, o, 0) })
	operate("HcsCreateProcess", &info, func(o uintptr) uint32 {
		return core.call("HcsCreateProcess", system, at(`{"CommandLine":"cmd /c set /p line=","WorkingDirectory":"C:\\","CreateStdInPipe":true}`),
			o, 0, ref(unsafe.Pointer(&first)))
	})
	core.must("HcsSetProcessCallback", first, 0, 2, eventCallback())
	change("Container/Processor", "Update", `{"Maximum":5000}`)
	change("Container/Memory/SizeInMB", "Update", "512")
	mapped := `{"HostPath":` + quoted(base) + `,"ContainerPath":"C:\\mapped","ReadOnly":true}`
	change("Container/MappedDirectories", "Add", mapped)
	change("Container/MappedDirectories", "Remove", mapped)
	operate("HcsModifyProcess", nil, func(o uintptr) uint32 {
		return core.call("HcsModifyProcess", first, o, at(`{"Operation":"ConsoleSize","ConsoleSize":{"Height":25,"Width":80}}`))
	})
	operate("HcsCreateProcess", &other, func(o uintptr) uint32 {
		return core.call("HcsCreateProcess", system, at(command), o, 0, ref(unsafe.Pointer(&second)))
	})
	core.must("HcsSetProcessCallback", second, 0, 3, eventCallback())
	talk(other, func() {})
	contains(wait(processExited).data, `"ExitCode":7`)
	core.call("HcsCloseProcess", second)
	throughShell(core, system, operate)
	signalled(core, system, operate)
	contains(operate("HcsGetComputeSystemProperties", nil, func(o uintptr) uint32 {
		return core.call("HcsGetComputeSystemProperties", system, o, at(`{"PropertyTypes":["Statistics","ProcessList"]}`))
	}), `"ProcessId":`+strconv.Itoa(int(info.pid)))
	core.must("HcsOpenProcess", system, uintptr(info.pid), 0x10000000, ref(unsafe.Pointer(&again)))
	operate("HcsTerminateProcess", nil, func(o uintptr) uint32 { return core.call("HcsTerminateProcess", again, o, 0) })
	contains(wait(processExited).data, `"ExitCode":1067`)
	core.call("HcsCloseProcess", again)
	core.call("HcsCloseProcess", first)
	closeHandle(info.stdin)
	if code := core.call("HcsOpenComputeSystem", at("go-none"), 0x10000000, ref(unsafe.Pointer(&opened))); code != 0x8037010E {
		fail("HcsOpenComputeSystem: %#x", code)
	}
	core.must("HcsOpenComputeSystem", at("go-update"), 0x10000000, ref(unsafe.Pointer(&opened)))
	core.call("HcsCloseComputeSystem", opened)
	operate("HcsShutDownComputeSystem", nil, func(o uintptr) uint32 { return core.call("HcsShutDownComputeSystem", system, o, 0) })
	wait(systemExited)
	core.call("HcsCloseComputeSystem", system)
	forget()
	release()
	fmt.Println("ok update")
}

// What a container's program starts has its streams: RUN in a Dockerfile is a program that cmd starts. Under Wine, that
// takes a console.

func throughShell(core dll, system uintptr, operate func(string, *processInfo, func(uintptr) uint32) string) {
	program, err := os.Executable()
	if err != nil {
		fail("%v", err)
	}
	var info processInfo
	var process uintptr
	operate("HcsCreateProcess", &info, func(o uintptr) uint32 {
		return core.call("HcsCreateProcess", system, at(`{"CommandLine":`+quoted("cmd /c "+program+" words x")+
			`,"WorkingDirectory":"C:\\","CreateStdOutPipe":true}`), o, 0, ref(unsafe.Pointer(&process)))
	})
	core.must("HcsSetProcessCallback", process, 0, 4, eventCallback())
	contains(drain(info.stdout), "these words")
	wait(processExited)
	core.call("HcsCloseProcess", process)
}

// How containerd stops a container.
func signalled(core dll, system uintptr, operate func(string, *processInfo, func(uintptr) uint32) string) {
	var info processInfo
	var process uintptr
	operate("HcsCreateProcess", &info, func(o uintptr) uint32 {
		return core.call("HcsCreateProcess", system, at(`{"CommandLine":"cmd /c set /p line=","WorkingDirectory":"C:\\","CreateStdInPipe":true}`),
			o, 0, ref(unsafe.Pointer(&process)))
	})
	core.must("HcsSetProcessCallback", process, 0, 5, eventCallback())
	operate("HcsSignalProcess", nil, func(o uintptr) uint32 {
		return core.call("HcsSignalProcess", process, o, at(`{"Signal":"CtrlShutdown"}`))
	})
	wait(processExited)
	core.call("HcsCloseProcess", process)
	closeHandle(info.stdin)
}

func sayWords(_ dll, _ string) {
	fmt.Println("these words")
}

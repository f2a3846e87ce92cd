// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"
	"unsafe"
)

// One container and several programs, as runhcs has it (hcsshim cmd/runhcs): `create` makes it and ends with its handle
// open; its shim, which it started, waits until `start` has started the container, and runs the first process; `ps`,
// `exec` and `kill` are programs of their own. Each is this program again, with its role as the first argument.
const severalID = "go-several"

var roles = map[string]func(vm dll, folder string){
	"create": roleCreate, "shim": roleShim, "start": roleStart, "ps": rolePs, "exec": roleExec, "kill": roleKill,
	"words": sayWords,
}

func say(folder, name, words string) {
	path := filepath.Join(folder, name)
	if err := os.WriteFile(path+".new", []byte(words), 0o600); err != nil {
		fail("%v", err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		fail("%v", err)
	}
}

func awaited(folder, name string) string {
	for end := time.Now().Add(limit); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if data, err := os.ReadFile(filepath.Join(folder, name)); err == nil {
			return string(data)
		}
	}
	fail("%s was not written", name)
	return ""
}

func begin(role, folder string) *os.Process {
	program, err := os.Executable()
	if err != nil {
		fail("%v", err)
	}
	process, err := os.StartProcess(program, []string{program, role, folder}, &os.ProcAttr{Files: []*os.File{nil, os.Stdout, os.Stdout}})
	if err != nil {
		fail("%s: %v", role, err)
	}
	return process
}

func ended(role string, process *os.Process) {
	if state, err := process.Wait(); err != nil || !state.Success() {
		fail("%s: %v %v", role, state, err)
	}
}

func perform(role, folder string) { ended(role, begin(role, folder)) }

// A second handle, with what hcsshim asks of each: internal/hcs OpenComputeSystem.
func opened(vm dll) (system uintptr, leave func()) {
	var registration uintptr
	var answer, result *uint16
	vm.must("HcsOpenComputeSystem", at(severalID), ref(unsafe.Pointer(&system)), ref(unsafe.Pointer(&result)))
	vm.must("HcsRegisterComputeSystemCallback", system, callback(), 1, ref(unsafe.Pointer(&registration)))
	vm.must("HcsGetComputeSystemProperties", system, at("{}"), ref(unsafe.Pointer(&answer)), ref(unsafe.Pointer(&result)))
	contains(taken(answer, taskFree), `"Id":"`+severalID+`"`)
	return system, func() {
		vm.must("HcsUnregisterComputeSystemCallback", registration)
		vm.must("HcsCloseComputeSystem", system)
	}
}

func roleCreate(vm dll, folder string) {
	var system, registration uintptr
	var result *uint16
	made := vm.call("HcsCreateComputeSystem", at(severalID), at(awaited(folder, "document")), 0, ref(unsafe.Pointer(&system)),
		ref(unsafe.Pointer(&result)))
	if made != pending && made != 0 {
		fail("HcsCreateComputeSystem: %#x %s", made, text(result))
	}
	vm.must("HcsRegisterComputeSystemCallback", system, callback(), 1, ref(unsafe.Pointer(&registration)))
	wait(createCompleted)
	begin("shim", folder)
	awaited(folder, "ready")
}

func roleShim(vm dll, folder string) {
	var process, registration uintptr
	var answer, result *uint16
	var info processInfo
	r := ref(unsafe.Pointer(&result))
	system, leave := opened(vm)
	say(folder, "ready", "")
	awaited(folder, "started")
	vm.must("HcsCreateProcess", system, at(`{"CommandLine":"cmd /c set /p line=","WorkingDirectory":"C:\\","CreateStdInPipe":true}`),
		ref(unsafe.Pointer(&info)), ref(unsafe.Pointer(&process)), r)
	vm.must("HcsRegisterProcessCallback", process, callback(), 2, ref(unsafe.Pointer(&registration)))
	say(folder, "pid", strconv.Itoa(int(info.pid)))
	wait(processExited)
	vm.must("HcsGetProcessProperties", process, ref(unsafe.Pointer(&answer)), r)
	contains(taken(answer, taskFree), `"ExitCode":1067`)
	vm.must("HcsUnregisterProcessCallback", registration)
	vm.must("HcsCloseProcess", process)
	if code := vm.call("HcsShutdownComputeSystem", system, at(""), r); code != pending && code != 0 {
		fail("HcsShutdownComputeSystem: %#x", code)
	}
	wait(systemExited)
	leave()
	say(folder, "over", "")
}

func roleStart(vm dll, folder string) {
	var result *uint16
	system, leave := opened(vm)
	if code := vm.call("HcsStartComputeSystem", system, at(""), ref(unsafe.Pointer(&result))); code != pending && code != 0 {
		fail("HcsStartComputeSystem: %#x", code)
	}
	wait(startCompleted)
	leave()
	say(folder, "started", "")
}

func rolePs(vm dll, folder string) {
	var answer, result *uint16
	system, leave := opened(vm)
	vm.must("HcsGetComputeSystemProperties", system, at(`{"PropertyTypes":["ProcessList","Statistics"]}`),
		ref(unsafe.Pointer(&answer)), ref(unsafe.Pointer(&result)))
	words := taken(answer, taskFree)
	contains(words, `"ProcessId":`+awaited(folder, "pid")+`,"ImageName":"cmd"`)
	contains(words, `"State":"Running"`)
	leave()
}

func roleExec(vm dll, folder string) {
	var process, registration uintptr
	var answer, result *uint16
	var info processInfo
	r := ref(unsafe.Pointer(&result))
	system, leave := opened(vm)
	vm.must("HcsCreateProcess", system, at(command), ref(unsafe.Pointer(&info)), ref(unsafe.Pointer(&process)), r)
	vm.must("HcsRegisterProcessCallback", process, callback(), 2, ref(unsafe.Pointer(&registration)))
	talk(info, func() { vm.must("HcsModifyProcess", process, at(closeStdin), r) })
	wait(processExited)
	vm.must("HcsGetProcessProperties", process, ref(unsafe.Pointer(&answer)), r)
	contains(taken(answer, taskFree), `"ExitCode":7`)
	vm.must("HcsUnregisterProcessCallback", registration)
	vm.must("HcsCloseProcess", process)
	leave()
}

func roleKill(vm dll, folder string) {
	var process uintptr
	var result *uint16
	r := ref(unsafe.Pointer(&result))
	number, _ := strconv.Atoi(awaited(folder, "pid"))
	system, leave := opened(vm)
	vm.must("HcsOpenProcess", system, uintptr(number), ref(unsafe.Pointer(&process)), r)
	vm.must("HcsTerminateProcess", process, r)
	vm.must("HcsCloseProcess", process)
	leave()
}

func overSeveral(vm, net dll, base, scratch string) {
	var system uintptr
	var result *uint16
	folder := scratch + "-several"
	if err := os.Mkdir(folder, 0o700); err != nil {
		fail("%v", err)
	}
	volume, id, release := mount(vm, base, scratch)
	network, forget := namespace(vm, net)
	say(folder, "document", document(volume, base, network, id))
	for _, role := range []string{"create", "start", "ps", "exec", "ps", "kill"} {
		perform(role, folder)
		if role == "start" {
			awaited(folder, "pid")
		}
	}
	awaited(folder, "over")
	if code := vm.call("HcsOpenComputeSystem", at(severalID), ref(unsafe.Pointer(&system)), ref(unsafe.Pointer(&result))); code != 0xC037010E {
		fail("it is still there: %#x", code)
	}
	forget()
	release()
	if err := os.RemoveAll(folder); err != nil {
		fail("%v", err)
	}
	fmt.Println("ok several")
}

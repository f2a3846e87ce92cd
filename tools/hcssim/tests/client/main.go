// SPDX-License-Identifier: Apache-2.0

// A client of the Host Compute Service that shares no line with hcsrun: in Go, with the DLLs loaded from System32 by
// name, callbacks from the service's threads and registered late, and standard streams read with overlapped calls, as
// runtimes over hcsshim do it. Prints "ok NAME" for each way through; the first failure ends it.
//
//	client.exe LAYER SCRATCH
//	client.exe ROLE FOLDER      for itself: one of several programs with one container (several.go)
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
	"unsafe"
)

const (
	pending         = 0xC0370103
	createCompleted = 2
	startCompleted  = 3
	systemExited    = 1
	processExited   = 0x10000
	searchSystem32  = 0x800
	limit           = 300 * time.Second
)

type processInfo struct {
	pid, reserved         uint32
	stdin, stdout, stderr syscall.Handle
}

type driver struct {
	flavour uint32
	home    *uint16
}

type layer struct {
	id    [16]byte
	flags uint32
	path  *uint16
}

var (
	kernel   = syscall.MustLoadDLL("kernel32.dll")
	load     = kernel.MustFindProc("LoadLibraryExW")
	create   = kernel.MustFindProc("CreateEventW")
	overlap  = kernel.MustFindProc("GetOverlappedResult")
	ole      = syscall.MustLoadDLL("ole32.dll")
	taskFree = ole.MustFindProc("CoTaskMemFree")
	local    = kernel.MustFindProc("LocalFree")
	events   = make(chan event, 64)
)

type event struct {
	kind   uint32
	status int32
	data   string
}

func fail(format string, values ...interface{}) {
	fmt.Printf("not ok "+format+"\n", values...)
	os.Exit(1)
}

type dll struct{ handle syscall.Handle }

func open(name string) dll {
	handle, _, err := load.Call(ref(unsafe.Pointer(wide(name))), 0, searchSystem32)
	if handle == 0 {
		fail("%s: %v", name, err)
	}
	return dll{syscall.Handle(handle)}
}

func (d dll) call(name string, arguments ...uintptr) uint32 {
	address, err := syscall.GetProcAddress(d.handle, name)
	if err != nil {
		fail("%s: %v", name, err)
	}
	result, _, _ := syscall.SyscallN(address, arguments...)
	return uint32(result)
}

func (d dll) must(name string, arguments ...uintptr) {
	if code := d.call(name, arguments...); code != 0 {
		fail("%s: %#x", name, code)
	}
}

func wide(text string) *uint16 {
	out, err := syscall.UTF16PtrFromString(text)
	if err != nil {
		fail("%v", err)
	}
	return out
}

func at(text string) uintptr { return ref(unsafe.Pointer(wide(text))) }

// What calls get pointers to, so that it neither moves nor goes away.
var kept []unsafe.Pointer

func ref(to unsafe.Pointer) uintptr {
	kept = append(kept, to)
	return uintptr(to)
}

func text(from *uint16) string {
	var units []uint16
	for at := unsafe.Pointer(from); from != nil && *(*uint16)(at) != 0; at = unsafe.Add(at, 2) {
		units = append(units, *(*uint16)(at))
	}
	return syscall.UTF16ToString(units)
}

func taken(from *uint16, free *syscall.Proc) string {
	out := text(from)
	free.Call(uintptr(unsafe.Pointer(from)))
	return out
}

func wait(kind uint32) event {
	for {
		select {
		case e := <-events:
			if e.status < 0 {
				fail("notification %#x: %#x", e.kind, uint32(e.status))
			}
			if e.kind == kind {
				return e
			}
		case <-time.After(limit):
			fail("no notification %#x", kind)
		}
	}
}

// Reads a stream to its end, each piece with an overlapped call.
func drain(stream syscall.Handle) string {
	var out strings.Builder
	buffer := make([]byte, 4096)
	ready, _, _ := create.Call(0, 1, 0, 0)
	for {
		var got uint32
		o := syscall.Overlapped{HEvent: syscall.Handle(ready)}
		err := syscall.ReadFile(stream, buffer, nil, &o)
		if err != nil && err != syscall.ERROR_IO_PENDING {
			break
		}
		if ok, _, _ := overlap.Call(uintptr(stream), ref(unsafe.Pointer(&o)), ref(unsafe.Pointer(&got)), 1); ok == 0 {
			break
		}
		out.Write(buffer[:got])
	}
	syscall.CloseHandle(syscall.Handle(ready))
	syscall.CloseHandle(stream)
	return out.String()
}

func write(stream syscall.Handle, words string) {
	var put uint32
	ready, _, _ := create.Call(0, 1, 0, 0)
	o := syscall.Overlapped{HEvent: syscall.Handle(ready)}
	if err := syscall.WriteFile(stream, []byte(words), nil, &o); err != nil && err != syscall.ERROR_IO_PENDING {
		fail("stdin: %v", err)
	}
	overlap.Call(uintptr(stream), ref(unsafe.Pointer(&o)), ref(unsafe.Pointer(&put)), 1)
	syscall.CloseHandle(syscall.Handle(ready))
}

func quoted(text string) string { return `"` + strings.ReplaceAll(text, `\`, `\\`) + `"` }

func guid(id [16]byte) string {
	return fmt.Sprintf("%02x%02x%02x%02x-%02x%02x-%02x%02x-%x-%x", id[3], id[2], id[1], id[0], id[5], id[4], id[7], id[6],
		id[8:10], id[10:])
}

// The storage calls of vmcompute.dll, in the order of a process-isolated container.
func mount(vm dll, base, scratch string) (volume string, id [16]byte, release func()) {
	info := driver{flavour: 1, home: wide("")}
	vm.must("NameToGuid", at(filepath.Base(base)), ref(unsafe.Pointer(&id)))
	parents := []layer{{id: id, path: wide(base)}}
	d, list := ref(unsafe.Pointer(&info)), ref(unsafe.Pointer(&parents[0]))
	vm.must("CreateSandboxLayer", d, at(scratch), 0, list, 1)
	vm.must("ActivateLayer", d, at(scratch))
	vm.must("PrepareLayer", d, at(scratch), list, 1)
	var length uintptr
	vm.must("GetLayerMountPath", d, at(scratch), ref(unsafe.Pointer(&length)), 0)
	if length == 0 {
		fail("GetLayerMountPath: not mounted")
	}
	buffer := make([]uint16, length)
	vm.must("GetLayerMountPath", d, at(scratch), ref(unsafe.Pointer(&length)), ref(unsafe.Pointer(&buffer[0])))
	return syscall.UTF16ToString(buffer), id, func() {
		vm.must("UnprepareLayer", d, at(scratch))
		vm.must("DeactivateLayer", d, at(scratch))
		vm.must("DestroyLayer", d, at(scratch))
	}
}

const version2 = `"SchemaVersion":{"Major":2,"Minor":0}`

// What creates an object: its settings, and how it is called.
type maker struct {
	object, settings string
	first            []uintptr // arguments in front of the id
}

// Makes an object and asks for its properties; how to open it again by id.
func (m maker) make(net dll) (properties string, id [16]byte) {
	var handle uintptr
	var answer, result *uint16
	rest := []uintptr{ref(unsafe.Pointer(&id)), at(m.settings), ref(unsafe.Pointer(&handle)), ref(unsafe.Pointer(&result))}
	net.must("HcnCreate"+m.object, append(append([]uintptr{}, m.first...), rest...)...)
	net.must("HcnQuery"+m.object+"Properties", handle, at("{"+version2+"}"), ref(unsafe.Pointer(&answer)),
		ref(unsafe.Pointer(&result)))
	net.must("HcnClose"+m.object, handle)
	properties = taken(answer, taskFree)
	return properties, parsed(idOf(properties))
}

func parsed(name string) (id [16]byte) {
	for i, place := range []int{6, 4, 2, 0, 11, 9, 16, 14, 19, 21, 24, 26, 28, 30, 32, 34} {
		fmt.Sscanf(name[place:place+2], "%02x", &id[i])
	}
	return
}

// The text behind a name, up to the next quotation mark or other end of a value.
func valueOf(text, name string) string {
	contains(text, name)
	text = text[strings.Index(text, name)+len(name):]
	return text[:strings.IndexAny(text, `",}`)]
}

func idOf(properties string) string {
	start := strings.Index(properties, `"ID":"`) + 6
	return properties[start : start+36]
}

func openObject(net dll, object string, id *[16]byte) uintptr {
	var handle uintptr
	var result *uint16
	net.must("HcnOpen"+object, ref(unsafe.Pointer(id)), ref(unsafe.Pointer(&handle)), ref(unsafe.Pointer(&result)))
	return handle
}

func contains(text, part string) {
	if !strings.Contains(text, part) {
		fail("no %s in %s", part, text)
	}
}

func hns(vm dll, method, path, request string) string {
	var response *uint16
	vm.must("HNSCall", at(method), at(path), at(request), ref(unsafe.Pointer(&response)))
	return taken(response, taskFree)
}

// A namespace with an endpoint of a network, as hcsshim's hcn package makes them; and removed as its internal/hns does.
func namespace(vm, net dll) (string, func()) {
	var result *uint16
	network, networkID := maker{"Network", `{"Name":"client","Type":"NAT","Ipams":[{"Type":"Static","Subnets":[{"IpAddressPrefix":` +
		`"10.77.0.0/24","Routes":[{"NextHop":"10.77.0.1","DestinationPrefix":"0.0.0.0/0"}]}]}],` + version2 + `}`, nil}.make(net)
	handle := openObject(net, "Network", &networkID)
	endpoint, _ := maker{"Endpoint", `{"Policies":[{"Type":"PortMapping","Settings":{"Protocol":6,"InternalPort":80,` +
		`"ExternalPort":8080}}],` + version2 + `}`, []uintptr{handle}}.make(net)
	contains(endpoint, `"IpConfigurations":[{"IpAddress":"10.77.0.2","PrefixLength":24}]`)
	contains(endpoint, idOf(network))
	space, spaceID := maker{"Namespace", "{" + version2 + "}", nil}.make(net)
	net.must("HcnCloseNetwork", handle)
	handle = openObject(net, "Namespace", &spaceID)
	net.must("HcnModifyNamespace", handle, at(`{"ResourceType":"Endpoint","RequestType":"Add","Settings":{"EndpointId":"`+
		idOf(endpoint)+`"}}`), ref(unsafe.Pointer(&result)))
	net.must("HcnCloseNamespace", handle)
	contains(hns(vm, "GET", "/endpoints/"+idOf(endpoint), ""), `"VirtualNetworkName":"client"`)
	return idOf(space), func() {
		contains(hns(vm, "DELETE", "/namespaces/"+idOf(space), ""), `"Success":true`)
		contains(hns(vm, "DELETE", "/namespaces/"+idOf(space), ""), "Element not found.")
		contains(hns(vm, "DELETE", "/endpoints/"+idOf(endpoint), ""), `"Success":true`)
		net.must("HcnDeleteNetwork", ref(unsafe.Pointer(&networkID)), ref(unsafe.Pointer(&result)))
	}
}

func document(volume, base, network string, id [16]byte) string {
	return `{"Owner":"client","SchemaVersion":{"Major":2,"Minor":1},"Container":{"GuestOs":{"HostName":"go"},"Storage":{"Layers":[` +
		`{"Id":"` + guid(id) + `","Path":` + quoted(base) + `}],"Path":` + quoted(volume+`\`) + `},"Networking":{"Namespace":"` +
		network + `"}},"ShouldTerminateOnLastHandleClosed":true}`
}

const command = `{"CommandLine":"cmd /c \"set /p line= & call echo %COMPUTERNAME% %line% & exit 7\"","WorkingDirectory":"C:\\",` +
	`"CreateStdInPipe":true,"CreateStdOutPipe":true,"CreateStdErrPipe":true}`
const closeStdin = `{"Operation":"CloseHandle","CloseHandle":{"Handle":"StdIn"}}`

func talk(info processInfo, endInput func()) {
	write(info.stdin, "hello\r\n")
	endInput()
	syscall.CloseHandle(info.stdin)
	if said := drain(info.stdout); strings.TrimSpace(said) != "GO hello" {
		fail("it said %q", said)
	}
	drain(info.stderr)
}

func callback() uintptr      { return syscall.NewCallback(onNotification) }
func eventCallback() uintptr { return syscall.NewCallback(onEvent) }

func closeHandle(handle syscall.Handle) { syscall.CloseHandle(handle) }

func onNotification(kind uint32, context uintptr, status int32, data *uint16) uintptr {
	events <- event{kind, status, text(data)}
	return 0
}

// The way of older clients: asynchronous calls that end with a notification to a callback that is registered afterwards.
func overVmcompute(vm, net dll, base, scratch string) {
	var system, process, registration, ofProcess uintptr
	var result, answer *uint16
	var info processInfo
	r := ref(unsafe.Pointer(&result))
	volume, id, release := mount(vm, base, scratch)
	network, forget := namespace(vm, net)
	callback := syscall.NewCallback(onNotification)
	if code := vm.call("HcsCreateComputeSystem", at("go-vm"), at(document(volume, base, network, id)), 0,
		ref(unsafe.Pointer(&system)), r); code != pending && code != 0 {
		fail("HcsCreateComputeSystem: %#x %s", code, text(result))
	}
	time.Sleep(200 * time.Millisecond) // by now it is made: the callback comes late
	vm.must("HcsRegisterComputeSystemCallback", system, callback, 1, ref(unsafe.Pointer(&registration)))
	wait(createCompleted)
	vm.must("HcsGetComputeSystemProperties", system, at("{}"), ref(unsafe.Pointer(&answer)), r)
	if words := taken(answer, taskFree); !strings.Contains(words, `"Owner":"client"`) {
		fail("properties: %s", words)
	}
	if code := vm.call("HcsStartComputeSystem", system, at(""), r); code != pending && code != 0 {
		fail("HcsStartComputeSystem: %#x", code)
	}
	wait(startCompleted)
	vm.must("HcsCreateProcess", system, at(command), ref(unsafe.Pointer(&info)), ref(unsafe.Pointer(&process)), r)
	talk(info, func() { vm.must("HcsModifyProcess", process, at(closeStdin), r) })
	vm.must("HcsRegisterProcessCallback", process, callback, 2, ref(unsafe.Pointer(&ofProcess)))
	wait(processExited)
	vm.must("HcsGetProcessProperties", process, ref(unsafe.Pointer(&answer)), r)
	if words := taken(answer, taskFree); !strings.Contains(words, `"ExitCode":7`) {
		fail("status: %s", words)
	}
	vm.must("HcsUnregisterProcessCallback", ofProcess)
	vm.must("HcsCloseProcess", process)
	if code := vm.call("HcsTerminateComputeSystem", system, at(""), r); code != pending && code != 0 {
		fail("HcsTerminateComputeSystem: %#x", code)
	}
	wait(systemExited)
	vm.must("HcsUnregisterComputeSystemCallback", registration)
	vm.must("HcsCloseComputeSystem", system)
	forget()
	release()
	fmt.Println("ok vmcompute")
}

type coreEvent struct {
	kind      uint32
	data      *uint16
	operation uintptr
}

func onEvent(e *coreEvent, context uintptr) uintptr {
	events <- event{e.kind, 0, text(e.data)}
	return 0
}

// Runs an operation to its end; its document.
func operations(core dll) func(name string, info *processInfo, run func(operation uintptr) uint32) string {
	return func(name string, info *processInfo, run func(operation uintptr) uint32) string {
		var document *uint16
		address, _ := syscall.GetProcAddress(core.handle, "HcsCreateOperation")
		handle, _, _ := syscall.SyscallN(address, 0, 0)
		if code := run(handle); code != 0 {
			fail("%s: %#x", name, code)
		}
		out := ref(unsafe.Pointer(&document))
		if info == nil {
			core.must("HcsWaitForOperationResult", handle, 20000, out)
		} else {
			core.must("HcsWaitForOperationResultAndProcessInfo", handle, 20000, ref(unsafe.Pointer(info)), out)
		}
		core.call("HcsCloseOperation", handle)
		return taken(document, local)
	}
}

// The way of newer ones: operations that are waited for, events for what ends by itself.
func overComputecore(core, vm, net dll, base, scratch string) {
	var system, process uintptr
	var info processInfo
	volume, id, release := mount(vm, base, scratch)
	network, forget := namespace(vm, net)
	operate := operations(core)
	act := func(name string, more ...uintptr) string {
		return operate(name, nil, func(o uintptr) uint32 { return core.call(name, append([]uintptr{system, o}, more...)...) })
	}
	callback := syscall.NewCallback(onEvent)
	operate("HcsCreateComputeSystem", nil, func(o uintptr) uint32 {
		return core.call("HcsCreateComputeSystem", at("go-core"), at(document(volume, base, network, id)), o, 0,
			ref(unsafe.Pointer(&system)))
	})
	core.must("HcsSetComputeSystemCallback", system, 4, 1, callback)
	if words := act("HcsGetComputeSystemProperties", at("{}")); !strings.Contains(words, `"Owner":"client"`) {
		fail("properties: %s", words)
	}
	act("HcsStartComputeSystem", 0)
	operate("HcsCreateProcess", &info, func(o uintptr) uint32 {
		return core.call("HcsCreateProcess", system, at(command), o, 0, ref(unsafe.Pointer(&process)))
	})
	core.must("HcsSetProcessCallback", process, 0, 2, callback)
	talk(info, func() {})
	if e := wait(processExited); !strings.Contains(e.data, `"ExitCode":7`) {
		fail("status: %s", e.data)
	}
	core.call("HcsCloseProcess", process)
	act("HcsTerminateComputeSystem", 0)
	wait(systemExited)
	core.call("HcsCloseComputeSystem", system)
	forget()
	release()
	fmt.Println("ok computecore")
}

// What docker build does with a container that ran: its layer is exported, and comes back as a layer of an image.
func built(vm dll, base, scratch string) {
	info := driver{flavour: 1, home: wide("")}
	out, image := scratch+"-out", scratch+"-image"
	volume, id, release := mount(vm, base, scratch)
	parents := []layer{{id: id, path: wide(base)}}
	d, list := ref(unsafe.Pointer(&info)), ref(unsafe.Pointer(&parents[0]))
	if err := os.WriteFile(volume+`\built.txt`, []byte("built"), 0o600); err != nil {
		fail("%v", err)
	}
	vm.must("UnprepareLayer", d, at(scratch))
	vm.must("ExportLayer", d, at(scratch), at(out), list, 1)
	vm.must("PrepareLayer", d, at(scratch), list, 1)
	vm.must("ImportLayer", d, at(image), at(out), list, 1)
	for name, wanted := range map[string]string{`Files\built.txt`: "built", "tombstones.txt": "\ufeffVersion 1.0\n"} {
		if data, err := os.ReadFile(filepath.Join(image, name)); err != nil || string(data) != wanted {
			fail("%s: %q %v", name, data, err)
		}
	}
	if err := os.RemoveAll(out); err != nil {
		fail("%v", err)
	}
	vm.must("DestroyLayer", d, at(image))
	release()
	fmt.Println("ok built")
}

func main() {
	vm := open("vmcompute.dll")
	if role := roles[os.Args[1]]; role != nil {
		role(vm, os.Args[2])
		return
	}
	core, net := open("computecore.dll"), open("computenetwork.dll")
	overVmcompute(vm, net, os.Args[1], os.Args[2])
	overComputecore(core, vm, net, os.Args[1], os.Args[2])
	built(vm, os.Args[1], os.Args[2])
	overSeveral(vm, net, os.Args[1], os.Args[2])
	overLayers(vm, os.Args[2])
	overService(core, vm)
	overUpdate(core, vm, net, os.Args[1], os.Args[2])
	overNetworks(vm, net)
	overDocker(vm, os.Args[1], os.Args[2])
	overMachine(core, vm, net, os.Args[1], os.Args[2])
}

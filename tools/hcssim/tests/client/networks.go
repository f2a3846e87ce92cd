// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"os"
	"strings"
	"unsafe"
)

// All objects of the network service, through both doors (the tests of hcsshim's package hcn), and what dockerd does
// with them and with a container of schema 1 (moby daemon/graphdriver/windows, libnetwork/drivers/windows, libcontainerd).

// The ids of the objects that have this property.
func enumerated(net dll, objects, filter string) string {
	var answer, result *uint16
	query := `{` + version2 + `,"Filter":"` + strings.ReplaceAll(filter, `"`, `\"`) + `"}`
	net.must("HcnEnumerate"+objects, at(query), ref(unsafe.Pointer(&answer)), ref(unsafe.Pointer(&result)))
	return taken(answer, taskFree)
}

func changed(net dll, object string, id *[16]byte, settings ...string) {
	var result *uint16
	handle := openObject(net, object, id)
	for _, change := range settings {
		net.must("HcnModify"+object, handle, at(change), ref(unsafe.Pointer(&result)))
	}
	net.must("HcnClose"+object, handle)
}

func deleted(net dll, object string, id *[16]byte) {
	var result *uint16
	net.must("HcnDelete"+object, ref(unsafe.Pointer(id)), ref(unsafe.Pointer(&result)))
}

// An object over an endpoint: found by its id, and removed.
func overEndpoint(net dll, object, settings string, canChange bool) {
	made, id := maker{object, settings, nil}.make(net)
	if canChange {
		changed(net, object, &id, strings.Replace(settings, "{", `{"ID":"`+idOf(made)+`",`, 1))
	} else {
		changed(net, object, &id)
	}
	contains(enumerated(net, object+"s", `{"ID":"`+idOf(made)+`"}`), idOf(made))
	deleted(net, object, &id)
}

func overNetworks(vm, net dll) {
	policy := func(kind, list string) string {
		return `{"ResourceType":"Policy","RequestType":"` + kind + `","Settings":{"Policies":[` + list + `]}}`
	}
	const route = `{"Type":"RemoteSubnetRoute","Settings":{"DestinationPrefix":"192.168.2.0/24","IsolationId":5000,` +
		`"ProviderAddress":"1.1.1.1","DistributedRouterMacAddress":"00-12-34-56-78-9a"}}`
	const acl = `{"Type":"ACL","Settings":{"Protocols":"6","Action":"Allow","Direction":"In","Priority":200}}`
	network, networkID := maker{"Network", `{"Name":"over","Type":"Overlay","Ipams":[{"Type":"Static","Subnets":[{` +
		`"IpAddressPrefix":"10.78.0.0/24","Policies":[{"Type":"VSID","Settings":{"IsolationId":5000}}],"Routes":[{"NextHop":` +
		`"10.78.0.1","DestinationPrefix":"0.0.0.0/0"}]}]}],` + version2 + `}`, nil}.make(net)
	contains(enumerated(net, "Networks", `{"Name":"over"}`), idOf(network))
	changed(net, "Network", &networkID, policy("Add", route), policy("Remove", route))
	handle := openObject(net, "Network", &networkID)
	endpoint, endpointID := maker{"Endpoint", `{` + version2 + `}`, []uintptr{handle}}.make(net)
	net.must("HcnCloseNetwork", handle)
	contains(enumerated(net, "Endpoints", `{"VirtualNetwork":"`+idOf(network)+`"}`), idOf(endpoint))
	changed(net, "Endpoint", &endpointID, policy("Add", acl), policy("Update", acl))
	member := `"Settings":{"EndpointId":"` + idOf(endpoint) + `"}}`
	space, spaceID := maker{"Namespace", "{" + version2 + "}", nil}.make(net)
	changed(net, "Namespace", &spaceID, `{"ResourceType":"Endpoint","RequestType":"Add",`+member,
		`{"ResourceType":"Endpoint","RequestType":"Remove",`+member)
	contains(enumerated(net, "Namespaces", `{}`), idOf(space))
	deleted(net, "Namespace", &spaceID)
	overEndpoint(net, "LoadBalancer", `{"HostComputeEndpoints":["`+idOf(endpoint)+`"],"SourceVIP":"10.0.0.1","FrontendVIPs":`+
		`["1.1.1.2"],"PortMappings":[{"Protocol":6,"InternalPort":8080,"ExternalPort":8090}],`+version2+`}`, true)
	overEndpoint(net, "SdnRoute", `{"HostComputeEndpoints":["`+idOf(endpoint)+`"],"Setting":[{"DestinationPrefix":`+
		`"169.254.169.254/24","NextHop":"127.10.0.34"}],`+version2+`}`, false)
	deleted(net, "Endpoint", &endpointID)
	deleted(net, "Network", &networkID)
	overHost(vm)
	fmt.Println("ok networks")
}

func succeeded(vm dll, method, path, request string) string {
	answer := hns(vm, method, path, request)
	contains(answer, `"Success":true`)
	return answer
}

// The older door: an endpoint that goes to the host and comes back.
func overHost(vm dll) {
	contains(succeeded(vm, "GET", "/globals/version", ""), `"Major":`)
	network := idOf(succeeded(vm, "POST", "/networks/", `{"Name":"host","Type":"NAT","Subnets":[{"AddressPrefix":"10.79.0.0/24",`+
		`"GatewayAddress":"10.79.0.1"}]}`))
	endpoint := idOf(succeeded(vm, "POST", "/endpoints/", `{"Name":"one","VirtualNetwork":"`+network+`"}`))
	path := "/endpoints/" + endpoint
	succeeded(vm, "POST", path+"/attach", `{"SystemType":"Host","CompartmentId":1}`)
	succeeded(vm, "POST", path+"/detach", `{"SystemType":"Host"}`)
	contains(succeeded(vm, "GET", "/endpointstats/"+endpoint, ""), endpoint)
	succeeded(vm, "POST", "/accelnet/", `{"MacAddressList":[{"MacAddress":"00-15-5D-0A-B7-C6"}]}`)
	contains(succeeded(vm, "GET", "/accelnet/", ""), "00-15-5D-0A-B7-C6")
	succeeded(vm, "DELETE", "/accelnet/", "")
	succeeded(vm, "DELETE", path, "")
	succeeded(vm, "DELETE", "/networks/"+network, "")
}

// An image's base layer as `docker load` begins it, with the folder of a utility VM.
func loaded(vm dll, d uintptr, image string) {
	vm.must("CreateLayer", d, at(image), at(""))
	if err := os.MkdirAll(image+`\UtilityVM\Files`, 0o700); err != nil {
		fail("%v", err)
	}
	vm.must("ProcessUtilityImage", at(`\\?\`+image+`\UtilityVM`))
	vm.must("DestroyLayer", d, at(image))
}

func overDocker(vm dll, base, scratch string) {
	var system, process, registration, ofProcess uintptr
	var result, answer *uint16
	var info processInfo
	r := ref(unsafe.Pointer(&result))
	driver := driver{flavour: 1, home: wide("")}
	d := ref(unsafe.Pointer(&driver))
	vm.must("HcsEnumerateComputeSystems", at("{}"), ref(unsafe.Pointer(&answer)), r)
	contains(succeeded(vm, "GET", "/networks/", ""), `"Output":[]`)
	network := idOf(succeeded(vm, "POST", "/networks/", `{"Name":"nat","Type":"nat","Subnets":[{"AddressPrefix":"0.0.0.0/0"}]}`))
	contains(succeeded(vm, "GET", "/networks/"+network, ""), `"GatewayAddress":`)
	loaded(vm, d, scratch+"-image")
	volume, id, release := mount(vm, base, scratch)
	vm.must("ExpandSandboxSize", d, at(scratch), 136365211648)
	endpoint := idOf(succeeded(vm, "POST", "/endpoints/", `{"VirtualNetwork":"`+network+`","EnableInternalDNS":true,"Policies":[`+
		`{"Type":"NAT","Protocol":"TCP","InternalPort":80,"ExternalPort":8081}]}`))
	contains(succeeded(vm, "GET", "/endpoints/", ""), endpoint)
	document := `{"SystemType":"Container","Name":"go-docker","Owner":"docker","VolumePath":` + quoted(volume) +
		`,"IgnoreFlushesDuringBoot":true,"LayerFolderPath":` + quoted(scratch) + `,"Layers":[{"ID":"` + guid(id) + `","Path":` +
		quoted(base) + `}],"HostName":"go","HvPartition":false,"EndpointList":["` + endpoint + `"],"TerminateOnLastHandleClosed":true}`
	if code := vm.call("HcsCreateComputeSystem", at("go-docker"), at(document), 0, ref(unsafe.Pointer(&system)), r); code != pending && code != 0 {
		fail("HcsCreateComputeSystem: %#x %s", code, text(result))
	}
	vm.must("HcsRegisterComputeSystemCallback", system, callback(), 1, ref(unsafe.Pointer(&registration)))
	wait(createCompleted)
	if code := vm.call("HcsStartComputeSystem", system, at(""), r); code != pending && code != 0 {
		fail("HcsStartComputeSystem: %#x", code)
	}
	wait(startCompleted)
	vm.must("HcsCreateProcess", system, at(command), ref(unsafe.Pointer(&info)), ref(unsafe.Pointer(&process)), r)
	vm.must("HcsRegisterProcessCallback", process, callback(), 2, ref(unsafe.Pointer(&ofProcess)))
	vm.must("HcsSignalProcess", process, at(`{"Signal":"CtrlShutdown"}`), r)
	wait(processExited)
	closeHandle(info.stdin)
	drain(info.stdout)
	drain(info.stderr)
	vm.must("HcsUnregisterProcessCallback", ofProcess)
	vm.must("HcsCloseProcess", process)
	if code := vm.call("HcsShutdownComputeSystem", system, at(""), r); code != pending && code != 0 {
		fail("HcsShutdownComputeSystem: %#x", code)
	}
	wait(systemExited)
	vm.must("HcsUnregisterComputeSystemCallback", registration)
	vm.must("HcsCloseComputeSystem", system)
	succeeded(vm, "DELETE", "/endpoints/"+endpoint, "")
	succeeded(vm, "DELETE", "/networks/"+network, "")
	release()
	fmt.Println("ok docker")
}

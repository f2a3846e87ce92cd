//go:build windows && hcsproof

// SPDX-License-Identifier: Apache-2.0

package interop

import (
	"reflect"
	"unsafe"

	"golang.org/x/sys/windows"
)

// HcsproofEntry is an entry point that calls a function of Go, for a variable that holds one of a DLL.
func HcsproofEntry(name string, function interface{}) *windows.LazyProc {
	proc, lazy := &windows.Proc{Name: name}, &windows.LazyProc{Name: name}
	HcsproofSet(proc, "addr", windows.NewCallback(function))
	HcsproofSet(lazy, "proc", proc)
	return lazy
}

// HcsproofSet writes a member that is not exported.
func HcsproofSet(structure interface{}, member string, value interface{}) {
	field := reflect.ValueOf(structure).Elem().FieldByName(member)
	reflect.NewAt(field.Type(), unsafe.Pointer(field.UnsafeAddr())).Elem().Set(reflect.ValueOf(value))
}

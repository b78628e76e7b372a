#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a desktop is to a program that notifies: org.freedesktop.Notifications, version 1.2 of the specification.

Prints each notification as a line of JSON. A line on standard input, "press ID", is a press on one.
"""
import json
import sys

from gi.repository import Gio, GLib

NAME, PATH = 'org.freedesktop.Notifications', '/org/freedesktop/Notifications'
INTERFACE = """
<node><interface name="org.freedesktop.Notifications">
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
  <method name="GetServerInformation">
    <arg type="s" direction="out"/><arg type="s" direction="out"/><arg type="s" direction="out"/><arg type="s" direction="out"/>
  </method>
  <method name="Notify">
    <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="as" direction="in"/><arg type="a{sv}" direction="in"/><arg type="i" direction="in"/>
    <arg type="u" direction="out"/>
  </method>
  <method name="CloseNotification"><arg type="u" direction="in"/></method>
  <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
  <signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
</interface></node>
"""


class Server:
    def __init__(self):
        self.last, self.loop, self.bus = 0, GLib.MainLoop(), None
        Gio.bus_own_name(Gio.BusType.SESSION, NAME, Gio.BusNameOwnerFlags.NONE, self.connected, lambda *_: print('ready', flush=True), None)
        GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IOCondition.IN | GLib.IOCondition.HUP, self.told)

    def connected(self, bus, _name):
        self.bus = bus
        bus.register_object(PATH, Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0], self.called)

    def called(self, _bus, _sender, _path, _interface, method, arguments, invocation):
        answer = getattr(self, 'do_' + method)(*arguments.unpack())
        invocation.return_value(answer)

    def do_GetCapabilities(self):
        return GLib.Variant('(as)', (['actions', 'body', 'persistence'],))

    def do_GetServerInformation(self):
        return GLib.Variant('(ssss)', ('test', 'Milione', '1', '1.2'))

    def do_Notify(self, _name, replaces, _icon, summary, body, actions, _hints, _timeout):
        if not replaces:
            self.last += 1
        shown = {'id': replaces or self.last, 'summary': summary, 'body': body, 'actions': actions}
        print(json.dumps(shown), flush=True)
        return GLib.Variant('(u)', (shown['id'],))

    def do_CloseNotification(self, number):
        self.emit('NotificationClosed', '(uu)', number, 3)

    def emit(self, signal, types, *values):
        self.bus.emit_signal(None, PATH, NAME, signal, GLib.Variant(types, values))

    def told(self, source, condition):
        line = source.readline()
        if not line:
            self.loop.quit()
            return False
        _, number = line.split()
        self.emit('ActionInvoked', '(us)', int(number), 'default')
        self.emit('NotificationClosed', '(uu)', int(number), 2)
        return True


Server().loop.run()

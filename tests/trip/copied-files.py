#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds files in the clipboard, as a file manager does: copied-files.py FILE…. Says "ready", and ends when it is told to."""
import sys

import gi
gi.require_version('Gtk', '4.0')
from gi.repository import Gdk, Gio, GLib, Gtk  # noqa: E402


def main():
    Gtk.init()
    files = Gdk.FileList.new_from_list([Gio.File.new_for_path(path) for path in sys.argv[1:]])
    Gdk.Display.get_default().get_clipboard().set_content(Gdk.ContentProvider.new_for_value(files))
    print('ready', flush=True)
    GLib.MainLoop().run()


main()
